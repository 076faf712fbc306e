import { H3 } from 'h3';
import { toSseResponse } from 'rxjs-http-streams';
import { tick$ } from './ticks';

/** `get` is GET alone in h3, `all` answers HEAD too. */
export const h3App = (source$ = tick$): H3 =>
  new H3().all('/ticks', ({ req }) => toSseResponse(source$, { request: req }));
