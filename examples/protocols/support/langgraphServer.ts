import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** Starts the official server of LangGraph, in a process of its own, until the test is over, and gives its address. */
export async function langgraphServer(): Promise<string> {
  // The server writes its state to where it runs.
  const cwd = await mkdtemp(join(tmpdir(), 'langgraph-'));
  const server = spawn(process.execPath, [join(import.meta.dirname, 'langgraphProgram.mjs')], {
    cwd,
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const exited = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill('SIGKILL')) await exited;
    await rm(cwd, { recursive: true });
  });
  for await (const line of createInterface(server.stdout)) if (line.startsWith('http://')) return line;
  throw new Error('Expected an address of the server');
}
