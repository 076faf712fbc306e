import { toSseResponse } from 'rxjs-http-streams';
import { tick$ } from './ticks';

/** Next answers HEAD by this as well: `request` says so, and then nothing is started. */
export const GET = (request: Request): Response => toSseResponse(tick$, { request });

/** Made for each request, not when the application is built. */
export const dynamic = 'force-dynamic';
