import type { Observable } from 'rxjs';
import type { Handler } from './handler';
import { listen } from './listen';
import { toListener } from './toListener';

/** A server on a free port of the loopback interface: emits its origin; unsubscribing closes it, open streams too. */
export const serve = (handler: Handler): Observable<string> => listen(toListener(handler));
