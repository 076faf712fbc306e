import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { firstValueFrom, shareReplay } from 'rxjs';
import { nodeHandler } from 'rxjs-http-streams/node';
import { onTestFinished } from 'vitest';
import type { Handler } from '../../examples/serving/handler';
import { listen } from '../../examples/serving/listen';

/** A server as the test sees it. */
export interface Served {
  origin: string;
  /** Requests and their responses, in the order of the requests. */
  exchanges: { request: IncomingMessage; response: ServerResponse }[];
}

/** Serves until the test is over. */
export const served = (handler: Handler): Promise<Served> => listening(nodeHandler(handler));

/** The same for a listener of `node:http`. */
export async function listening(listener: RequestListener): Promise<Served> {
  const exchanges: Served['exchanges'] = [];
  const origin$ = listen((request, response) => {
    exchanges.push({ request, response });
    listener(request, response);
  }).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const serving = origin$.subscribe();
  onTestFinished(() => {
    serving.unsubscribe();
  });
  return { origin: await firstValueFrom(origin$), exchanges };
}
