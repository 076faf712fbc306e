import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { lastValueFrom } from 'rxjs';
import { fromMcp } from '../mcp/fromMcp';

// The client of the public scenarios: it calls each tool of the server whose address is its last argument.
const url = process.argv.at(-1)!;
const session = new Headers();
let id = 0;
const call = (method: string, params: Record<string, unknown> = {}): Promise<JSONRPCMessage> =>
  lastValueFrom(fromMcp(url, { jsonrpc: '2.0', id: ++id, method, params }, session));

await call('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'rxjs-http-streams', version: '1' },
});
await fetch(url, {
  method: 'POST',
  headers: {
    ...Object.fromEntries(session),
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
  },
  body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
});
const listed = (await call('tools/list')) as {
  readonly result?: { readonly tools: readonly { name: string }[] };
};
for (const { name } of listed.result?.tools ?? [])
  await call('tools/call', { name, arguments: { a: 1, b: 2 } });
