// The official server of LangGraph, with one graph: its second step waits for the address `gate` of the input.
import process from 'node:process';
import { startServer } from '@langchain/langgraph-api/server';

const { host } = await startServer({
  port: 0,
  host: '127.0.0.1',
  nWorkers: 2,
  cwd: process.cwd(),
  graphs: { agent: `${import.meta.dirname}/langgraphGraph.mjs:graph` },
});
process.stdout.write(`http://${host}\n`);
