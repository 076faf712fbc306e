import { nodeHandler } from 'rxjs-http-streams/node';
import { httpServer } from './httpServer';
import type { HttpServer } from './httpServer';

/** A real server of what answers a `Request` with a `Response`, until the test is over. */
export function webServer(answer: (request: Request) => Response | Promise<Response>): Promise<HttpServer> {
  return httpServer(nodeHandler(answer));
}
