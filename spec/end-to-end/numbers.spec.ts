import { ReplaySubject, filter, firstValueFrom, lastValueFrom, map, skipUntil, take, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { EventSourceInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { numbers } from '../../examples/servers/numbers';
import { outcome } from './outcome';
import { HOUR, served } from './served';
import { stopSignal } from './stopSignal';

const ids = (origin: string, init: EventSourceInit = {}): Observable<number> =>
  fromEventSource(`${origin}/numbers`, init).pipe(map(({ id }) => Number(id)));

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('an event stream with ids on Express', () => {
  it('delivers the first number before the second is produced', async () => {
    const { origin } = await served(numbers({ interval: HOUR }));

    const { id, data } = await firstValueFrom(fromEventSource(`${origin}/numbers`));

    expect(id).toBe('1');
    expect(JSON.parse(data)).toEqual({ id: 1, number: expect.any(Number) as number });
  });

  it('ends the producer when the last client has left for longer than it lingers', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      numbers({
        interval: HOUR,
        linger: 0,
        onStop,
      }),
    );

    await firstValueFrom(ids(origin));

    await firstValueFrom(stopped$);
  });

  it('shows a cut in the middle of a message as a failure to who does not reconnect', async () => {
    const { origin } = await served(numbers({ interval: 1, cutAt: 4 }));

    expect(await outcome(ids(origin, { reconnect: false }))).toEqual([
      ...upTo(3),
      expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' }),
    ]);
  });

  it('loses and repeats nothing over a cut, though the numbers went on meanwhile', async () => {
    const { origin, exchanges } = await served(numbers({ interval: 1, cutAt: 4 }));
    const delay = (): Observable<number> => ids(origin, { lastEventId: '0' }).pipe(filter((id) => id >= 10));

    const seen = await outcome(ids(origin, { reconnect: { delay } }).pipe(take(20)));

    expect(seen).toEqual(upTo(20));
    expect(exchanges.map(({ request }) => request.headers['last-event-id'])).toEqual([undefined, '0', '3']);
  });

  it('gives who comes without a Last-Event-ID only what is new', async () => {
    const { origin } = await served(numbers({ interval: 1 }));

    const fifth = await lastValueFrom(ids(origin).pipe(take(5)));

    expect(await firstValueFrom(ids(origin))).toBeGreaterThan(fifth);
  });

  it('serves a second client on when the first has left', async () => {
    const { origin } = await served(numbers({ interval: 1 }));
    const firstLeft$ = new ReplaySubject<void>(1);

    const second = lastValueFrom(ids(origin).pipe(skipUntil(firstLeft$), take(3), toArray()));
    ids(origin)
      .pipe(take(5))
      .subscribe({
        complete: () => {
          firstLeft$.next();
        },
      });

    const [start = 0, ...rest] = await second;
    expect(rest).toEqual([start + 1, start + 2]);
  });

  it('lets pages of other origins read it, Last-Event-ID included', async () => {
    const { origin } = await served(numbers());

    const preflight = await fetch(`${origin}/numbers`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://page.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'last-event-id',
      },
    });

    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('last-event-id');
  });
});
