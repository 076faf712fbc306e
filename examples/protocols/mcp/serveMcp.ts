import { isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { CancelledNotification, JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { toSseResponse } from 'rxjs-http-streams';
import type { MessageLogs } from 'rxjs-http-streams';
import { callsTo } from './callsTo.js';
import type { News, Talk } from './talk.js';

/**
 * Serves MCP over Streamable HTTP. A call that its client lost is continued by a GET with the Last-Event-ID, and runs
 * to its end unless the client cancels it.
 *
 * @param news - Messages that belong to no call. Without it, the server refuses clients that ask for them.
 * @param logs - Store the calls: `redisLogs(client)` for several servers. The default is the memory of this process.
 */
export function serveMcp(talk: Talk, news?: News, logs?: MessageLogs) {
  const calls = callsTo(talk, logs);
  return async (request: Request): Promise<Response> => {
    const session = request.headers.get('mcp-session-id') ?? crypto.randomUUID();
    const init = { request, headers: { 'mcp-session-id': session }, awaitFirst: true } as const;
    const lastEventId = request.headers.get('last-event-id');
    // Only the ids of calls have a space.
    if (lastEventId?.includes(' ')) return toSseResponse(calls.continue(lastEventId), init);
    if (news && request.method === 'GET') return toSseResponse(news(session), { request });
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const message = (await request.json()) as JSONRPCMessage | CancelledNotification;
    if (isJSONRPCRequest(message)) return toSseResponse(calls.make(session, message), init);
    talk(message as JSONRPCMessage, session).subscribe();
    if ('method' in message && message.method === 'notifications/cancelled')
      void calls.cancel(session, (message as CancelledNotification).params.requestId!);
    return new Response(null, { status: 202 });
  };
}
