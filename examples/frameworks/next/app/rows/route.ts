import { interval, map } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';

const n$ = interval(1_000);

/** With `awaitFirst` a failure before the first row is a response of its own, with the status of an error. */
export const GET = (request: Request): Promise<Response> =>
  toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request, awaitFirst: true });

export const dynamic = 'force-dynamic';
