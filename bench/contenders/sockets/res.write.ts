import type { ServerResponse } from 'node:http';
import type { OpenBroadcaster } from '../listener';

/** The floor: the bytes, made once, and a loop over an array of responses that writes them. */
export const open: OpenBroadcaster = () => {
  const encoder = new TextEncoder();
  const responses: ServerResponse[] = [];
  return {
    listener: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      responses.push(response);
    },
    send: (data) => {
      const bytes = encoder.encode(`data: ${data}\n\n`);
      for (const response of responses) response.write(bytes);
    },
  };
};
