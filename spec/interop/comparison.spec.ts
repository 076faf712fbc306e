import { fetchEventSource } from '@microsoft/fetch-event-source';
import { NEVER, concatMap, from, of } from 'rxjs';
import { fromChunkedFetch } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';

/** Facts of docs/reference/comparison.md about other ways to read a stream, in the versions that are installed here. */

describe('fetch-event-source', () => {
  /** A POST to a server, in the surroundings of a page. */
  async function post(
    answer: Parameters<typeof httpServer>[0],
    options: { onmessage?: () => unknown; onerror?: (error: unknown) => number },
  ): Promise<void> {
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('document', { addEventListener: vi.fn(), removeEventListener: vi.fn(), hidden: false });
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const { url } = await httpServer(answer);
    await fetchEventSource(url, {
      method: 'POST',
      body: 'a question',
      openWhenHidden: true,
      ...options,
    });
  }

  it('sends a POST again when its answer is cut, and takes a clean end for the end', async () => {
    const methods: unknown[] = [];
    await post(
      (request, response) => {
        methods.push(request.method);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        if (methods.length > 1) response.end('data: b\n\n');
        else response.write('data: a\n\n', () => response.destroy());
      },
      { onerror: () => 1 },
    );
    expect(methods).toEqual(['POST', 'POST']);
  });

  it('does not wait for the handler of a message', async () => {
    const onmessage = vi.fn(() => new Promise(() => undefined));
    await post(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: a\n\ndata: b\n\n');
      },
      { onmessage },
    );
    expect(onmessage).toHaveBeenCalledTimes(2);
  });
});

describe('from(response.body)', () => {
  const CHUNKS = 100;

  /** A body of many chunks that counts the chunks that were asked for. */
  function counted(): { body: ReadableStream<Uint8Array<ArrayBuffer>>; pulled: () => number } {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          controller.enqueue(Uint8Array.of(46));
          if (++pulled === CHUNKS) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return { body, pulled: () => pulled };
  }

  it('neither cancels nor unlocks the body when it is unsubscribed with a read pending', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ cancel });
    from(body).subscribe().unsubscribe();
    await macrotasks();
    expect(cancel).not.toHaveBeenCalled();
    expect(body.locked).toBe(true);
  });

  it('reads the whole body behind an operator that is busy with its first chunk, unlike a reader', async () => {
    const theirs = counted();
    const subscription = from(theirs.body)
      .pipe(concatMap(() => NEVER))
      .subscribe();
    const ours = counted();
    subscription.add(
      fromChunkedFetch('http://localhost/', {
        fetch: () => of(new Response(ours.body)),
        project: () => NEVER,
      }).subscribe(),
    );
    await eventually(theirs.pulled).toBe(CHUNKS);
    expect(ours.pulled()).toBeLessThan(5);
    subscription.unsubscribe();
  });
});
