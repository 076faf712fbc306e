import { interval, map } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

const n$ = interval(1_000);

/** Next answers HEAD by this as well: `request` says so, and then nothing is started. */
export const GET = (request: Request): Response =>
  toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request });

/** Made for each request, not when the application is built. */
export const dynamic = 'force-dynamic';
