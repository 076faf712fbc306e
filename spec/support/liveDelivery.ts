import { fromChunkedFetch, fromNdjsonFetch, toChunkedResponse, toNdjsonResponse } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import type { Handler } from './frameworks';
import { producer } from './producer';
import { record } from './recording';

/** Specs of rows and text that hold for every server, and for every proxy in between. */
export function itDeliversRowsAndTextLive(
  serving: (handler: Handler) => Promise<{ readonly url: string }>,
): void {
  it('delivers each row while the next is not yet made, and then the end', async () => {
    const rows = producer({ row: 1 });
    const { url } = await serving((request) =>
      toNdjsonResponse(rows.source, { request, terminal: 'notification' }),
    );
    const recording = record(fromNdjsonFetch(url, { terminal: 'notification' }));
    await recording.received(1);
    rows.next({ row: 2 });
    await recording.received(2);
    rows.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ row: 1 }, { row: 2 }], outcome: 'complete' });
  });

  it('delivers each text while the next is not yet made, and then the end', async () => {
    const words = producer('Grüße ');
    const { url } = await serving((request) => toChunkedResponse(words.source, { request }));
    const recording = record(fromChunkedFetch(url));
    await recording.received(1);
    words.next('日本');
    await recording.received(2);
    words.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['Grüße ', '日本'], outcome: 'complete' });
  });
}
