import { firstValueFrom, lastValueFrom, map, skipUntil, take, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { ticks } from '../../examples/servers/ticks';
import type { Tick } from '../../examples/servers/ticks';
import { outcome } from './outcome';
import { HOUR, served } from './served';
import { stopSignal } from './stopSignal';

const read = (url: string, message: string): Observable<string> =>
  fromNdjsonFetch<Tick>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ message }),
  }).pipe(map(({ data }) => data.message));

describe('POST answered with NDJSON', () => {
  it('delivers the first tick before the second is produced', async () => {
    const { origin } = await served(ticks({ interval: HOUR }));

    expect(await firstValueFrom(read(origin, 'hi'))).toBe('hi');
  });

  it('ends the producer when the client stops, also between two ticks', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      ticks({
        interval: HOUR,
        onStop,
      }),
    );

    await firstValueFrom(read(origin, 'hi'));

    await firstValueFrom(stopped$);
  });

  it('shows a connection that breaks as a failure, after the ticks before it', async () => {
    const { origin, exchanges } = await served(ticks({ interval: HOUR }));

    const seen = await outcome(read(origin, 'hi').pipe(tap(() => exchanges[0]?.response.destroy())));

    expect(seen).toEqual(['hi', expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('serves a second client on when the first has left', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      ticks({
        interval: 1,
        onStop,
      }),
    );

    const second = lastValueFrom(read(origin, 'second').pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(read(origin, 'first'));

    expect(await second).toEqual(['second', 'second']);
  });
});
