import { filter, map, share } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, parseMessages } from 'rxjs-http-streams';
import { countsSchema } from '../wire';
import type { Counts } from '../wire';
import { connectionState } from './connectionState';
import type { ConnectionState } from './connectionState';
import { hidden$ } from './hidden';

/** All panels share one connection: a browser has six for an origin. */
const event$ = fromEventSource('counts', { observe: 'lifecycle', pauseWhen: hidden$ }).pipe(share());

/** Counts of the server for this visitor. */
export const counts$: Observable<Counts> = event$.pipe(
  filter((event) => event.type === 'value'),
  map(({ value }) => value),
  parseMessages({ counts: countsSchema }),
  map(({ data }) => data),
);

/** The connection to the server, over which no cut of the demo goes. */
export const server$: Observable<ConnectionState> = event$.pipe(connectionState());
