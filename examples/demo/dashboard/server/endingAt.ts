import { Subscription, fromEvent, take, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Handler } from '../../../serving/handler';

/** A proxy that ends a body when `cut$` emits, as politely as if that had been all of it. */
export const endingAt =
  (cut$: Observable<unknown>, handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    if (!response.ok || !response.body) return response;
    const waiting = new Subscription();
    const proxy = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      start(controller) {
        const cutNow$ = cut$.pipe(take(1), takeUntil(fromEvent(request.signal, 'abort')));
        waiting.add(
          cutNow$.subscribe(() => {
            controller.terminate();
          }),
        );
      },
      flush() {
        waiting.unsubscribe();
      },
    });
    return new Response(response.body.pipeThrough(proxy), response);
  };
