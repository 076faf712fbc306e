import { map, share } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, parseMessages } from 'rxjs-http-streams';
import { countsSchema } from '../wire';
import type { Counts } from '../wire';
import { hidden$ } from './hidden';

/** Counts of the server. All panels share one connection: a browser has six for an origin. */
export const counts$: Observable<Counts> = fromEventSource('counts', { pauseWhen: hidden$ }).pipe(
  parseMessages({ counts: countsSchema }),
  map(({ data }) => data),
  share(),
);
