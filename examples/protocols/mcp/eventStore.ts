import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { firstValueFrom, from } from 'rxjs';
import type { MessageLog } from 'rxjs-http-streams';

/** Keeps the events of the official server in a log: `memoryLog()`, `redisLog()` or one of the application. */
export const eventStore = (log: MessageLog): EventStore => ({
  storeEvent: async (stream, message) => {
    const [id] = await firstValueFrom(from(log.append([{ type: stream, data: message }])));
    return `${stream} ${id}`;
  },
  replayEventsAfter: async (lastEventId, { send }) => {
    const [stream = '', after] = lastEventId.split(' ');
    const { messages, isGap } = await firstValueFrom(from(log.read(after, Infinity)));
    if (isGap) throw new Error('The log no longer has the events after this id');
    for (const { type, id, data } of messages)
      if (type === stream) await send(`${stream} ${id}`, data as JSONRPCMessage);
    return stream;
  },
});
