import {
  ReplaySubject,
  Subject,
  filter,
  firstValueFrom,
  lastValueFrom,
  map,
  skipUntil,
  take,
  takeUntil,
  tap,
  timer,
  toArray,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cut } from '../../examples/s3-numbers/cut';
import { numbers } from '../../examples/s3-numbers/numbers';
import type { NumbersConfig } from '../../examples/s3-numbers/numbers';
import { withPage } from '../../examples/serving/withPage';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { failing$, once$, quick$, stoppable } from './beats';
import { eventually } from './eventually';
import { outcome } from './outcome';
import { listening, served } from './served';
import type { Served } from './served';

const ids = (origin: string, init: EventSourceFetchInit = {}): Observable<number> =>
  fromEventSource(`${origin}/numbers`, init).pipe(map(({ id }) => Number(id)));

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** A feed that does not wait for its clients when the test is over. */
function serveNumbers(beat$: Observable<unknown>, config: NumbersConfig = {}): Promise<Served> {
  const over$ = new Subject<void>();
  onTestFinished(() => {
    over$.next();
  });
  return listening(numbers({ beat$: beat$.pipe(takeUntil(over$)), ...config }));
}

describe('cut', () => {
  it('cuts, and is an error where nothing was cut', async () => {
    const { origin } = await serveNumbers(once$);
    const refusing = await served(() => new Response('', { status: 503 }));

    expect(await outcome(cut(origin))).toEqual([]);
    expect(await outcome(cut(refusing.origin))).toEqual([new Error('Nothing was cut: status 503')]);
  });
});

describe('an event stream with ids on Express', () => {
  it('delivers the first number before the second is produced', async () => {
    const { origin } = await serveNumbers(once$);

    const { id, data } = await firstValueFrom(fromEventSource(`${origin}/numbers`));

    expect(id).toBe('1');
    expect(JSON.parse(data)).toEqual({ id: 1, number: expect.any(Number) as number });
  });

  it('ends the producer when the last client has left for longer than it lingers', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await serveNumbers(source$, { linger: 0 });

    await firstValueFrom(ids(origin));

    await firstValueFrom(stopped$);
  });

  it('gives no id to two messages when the producer starts anew', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await serveNumbers(source$, { linger: 0 });
    await firstValueFrom(ids(origin));
    await firstValueFrom(stopped$);

    expect(await firstValueFrom(ids(origin))).toBe(2);
  });

  it('shows a producer that fails as a failure', async () => {
    const { origin } = await serveNumbers(failing$);

    expect(await outcome(ids(origin, { reconnect: false }))).toEqual([
      ...upTo(3),
      expect.objectContaining({ name: 'StreamServerError' }),
    ]);
  });

  it('shows a cut in the middle of a message as a failure to who does not reconnect', async () => {
    const { origin, exchanges } = await serveNumbers(once$);
    const number$ = ids(origin, { reconnect: false });

    const seen = outcome(number$);
    await firstValueFrom(ids(origin, { lastEventId: '0' }));
    const { response } = exchanges[0]!;
    response.write('id: 2\ndata: {"id":2,"num', () => response.destroy());

    expect(await seen).toEqual([1, expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('loses and repeats nothing over a cut, though the numbers went on meanwhile', async () => {
    const { origin, exchanges } = await serveNumbers(quick$);
    // Away until another client, which sees all from the beginning, is at the tenth.
    const delay = (): Observable<number> => ids(origin, { lastEventId: '0' }).pipe(filter((id) => id >= 10));
    const number$ = ids(origin, { reconnect: { delay } }).pipe(take(20));
    const half = 'id: 99\ndata: {';

    const seen = outcome(
      number$.pipe(
        tap((id) => {
          if (id === 3) exchanges[0]!.response.write(half, () => exchanges[0]!.response.destroy());
        }),
      ),
    );

    expect(await seen).toEqual(upTo(20));
    const [, , resumed] = exchanges;
    expect(Number(resumed?.request.headers['last-event-id'])).toBeGreaterThanOrEqual(3);
  });

  it('loses and repeats nothing over many cuts', async () => {
    const { origin, exchanges } = await serveNumbers(quick$);
    const number$ = ids(origin, { reconnect: { delay: () => timer(5) } }).pipe(
      tap((id) => {
        if (id % 7 === 0) exchanges.at(-1)?.response.destroy();
      }),
    );

    expect(await outcome(number$.pipe(take(100)))).toEqual(upTo(100));
    expect(exchanges.filter(({ request }) => request.headers['last-event-id']).length).toBeGreaterThan(2);
  });

  it('gives who comes without a Last-Event-ID only what is new', async () => {
    const { origin } = await serveNumbers(quick$);

    const fifth = await lastValueFrom(ids(origin).pipe(take(5)));

    expect(await firstValueFrom(ids(origin))).toBeGreaterThan(fifth);
  });

  it('serves a second client on when the first has left', async () => {
    const { origin } = await serveNumbers(quick$);
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
    const { origin } = await serveNumbers(once$);

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

describe.skipIf(!installedChromium)('the page of the numbers, on another origin', () => {
  it('goes on without loss or repetition when the line is cut, in both of its lists', async () => {
    const beat$ = new Subject<void>();
    const feed = await serveNumbers(beat$);
    const { origin } = await served(withPage(new URL('../../examples/s3-numbers/', import.meta.url)));
    const page = await openPage(`${origin}/?feed=${encodeURIComponent(feed.origin)}`);
    const texts = (selector: string): Promise<string[]> => page.locator(selector).allTextContents();
    const shown = async (): Promise<number[][]> =>
      (await Promise.all([texts('#native li'), texts('#observable li')])).map((items) =>
        items.map((item) => Number(/^#(\d+) \d+$/.exec(item)?.[1])),
      );
    const emit = (count: number): void => {
      for (let n = 0; n < count; n++) beat$.next();
    };

    await eventually(() => texts('.state')).toEqual(['open', 'open']);
    emit(3);
    await eventually(shown).toEqual([upTo(3), upTo(3)]);
    await page.getByRole('button').click();
    await eventually(() => texts('.state')).toEqual(['reconnecting', 'reconnecting']);
    emit(2);
    await eventually(shown).toEqual([upTo(5), upTo(5)]);
    emit(1);
    await eventually(shown).toEqual([upTo(6), upTo(6)]);
  });
});
