import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { firstValueFrom, shareReplay } from 'rxjs';
import { onTestFinished } from 'vitest';
import { serve } from '../../examples/servers/serve';

/** A server as the test sees it. */
export interface Served {
  origin: string;
  /** What came and what goes out, in the order of the requests. */
  exchanges: { request: IncomingMessage; response: ServerResponse }[];
}

/** An interval in which nothing more comes during a test. */
export const HOUR = 3_600_000;

/** Serves until the test is over. */
export async function served(listener: RequestListener): Promise<Served> {
  const exchanges: Served['exchanges'] = [];
  const origin$ = serve((request, response) => {
    exchanges.push({ request, response });
    listener(request, response);
  }).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const serving = origin$.subscribe();
  onTestFinished(() => {
    serving.unsubscribe();
  });
  return { origin: await firstValueFrom(origin$), exchanges };
}
