import type { Observable } from 'rxjs';
import { nodeHandler } from 'rxjs-http-streams/node';
import type { Handler } from './handler';
import { listen } from './listen';

/** A server on a free port of the loopback interface: emits its origin; unsubscribing closes it, open streams too. */
export const serve = (handler: Handler): Observable<string> => listen(nodeHandler(handler));
