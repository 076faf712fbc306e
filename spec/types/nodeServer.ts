/* A server on Node that every supported TypeScript must compile, beside the types of Node (`npm run test:matrix`). */
import { createServer } from 'node:http';
import { fromEvent, of } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { drainOn, nodeHandler, sendResponse, toRequest } from 'rxjs-http-streams/node';

const answer = (request: Request): Response => toSseResponse(of('text'), { request });

/** Both ways to answer, and a server that drains. */
export function serve(): void {
  const server = createServer(nodeHandler(answer));
  createServer((request, response) => {
    sendResponse(answer(toRequest(request, response)), response);
  });
  drainOn(server, fromEvent(process, 'SIGTERM')).subscribe();
}
