import { Subject, map, of, tap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import type { SseMessage } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { record } from '../support/recording';
import { responding } from '../support/responding';
import { scheduled } from '../support/scheduler';
import { webServer } from '../support/webServer';
import { evaluate, expression } from './evaluate';
import { environment, lastEventIds, message, serveFeed, server } from './feedServer';

/** The feed that a snippet makes, with the data of its messages. */
const feedOf = async (title: string, bindings = {}): Promise<Observable<string>> => {
  const { default: message$ } = await evaluateFeed(title, bindings);
  return message$.pipe(map(({ data }) => data));
};
const evaluateFeed = (title: string, bindings: object): Promise<{ default: Observable<SseMessage> }> =>
  evaluate(title, { ...bindings }, environment);

describe('the README: A fresh token for every attempt', () => {
  it('asks with the token of the time, renews it after a 401, and continues where it was', async () => {
    let token = 'one';
    const auth = {
      token$: of(null).pipe(map(() => token)),
      renew: () => of('renewed').pipe(tap((renewed) => (token = renewed))),
    };
    const data$ = await feedOf('A fresh token for every attempt', { auth });
    scheduled(({ cold, flush }) => {
      serveFeed(cold, [
        { body: 'a|', chunks: { a: message(1) } },
        { status: 401, body: '|' },
        { body: 'b|', chunks: { b: message(2) } },
      ]);
      const { values } = record(data$);
      flush();

      expect(values).toEqual(['1', '2']);
      expect(lastEventIds()).toEqual([null, '1', '1', '2']);
      expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
        'Bearer one',
        'Bearer one',
        'Bearer renewed',
        'Bearer renewed',
      ]);
    });
  });
});

describe('the README: At most one rendering a frame', () => {
  it('gives what has come by each frame, the last hundred', async () => {
    const { default: rows$ } = await evaluate<{ default: Observable<string[]> }>(
      'At most one rendering a frame',
      {},
      environment,
    );
    scheduled(({ cold, animate, expectObservable }) => {
      const many = Array.from({ length: 150 }, (_, id) => message(id)).join('');
      serveFeed(cold, [{ body: 'a--b', chunks: { a: many, b: message(150) } }]);
      animate('-x---x');
      expectObservable(rows$.pipe(map((rows) => `${rows[0]}-${rows.at(-1)}, ${rows.length}`)), '10ms !').toBe(
        '-a---b',
        { a: '50-149, 100', b: '51-150, 100' },
      );
    });
  });
});

describe('the README: what pauses a feed', () => {
  interface Reason {
    readonly title: string;
    readonly page: () => { readonly bindings: object; readonly pause: (paused: boolean) => void };
  }
  const hidden: Reason = {
    title: 'No stream for a hidden tab',
    page: () => {
      const document = Object.assign(new EventTarget(), { hidden: false });
      return {
        bindings: { document },
        pause: (paused) => {
          document.hidden = paused;
          document.dispatchEvent(new Event('visibilitychange'));
        },
      };
    },
  };
  const offline: Reason = {
    title: 'No attempts while the device is offline',
    page: () => {
      const window = new EventTarget();
      const navigator = { onLine: true };
      return {
        bindings: { window, navigator },
        pause: (paused) => {
          navigator.onLine = !paused;
          window.dispatchEvent(new Event(paused ? 'offline' : 'online'));
        },
      };
    },
  };
  const away: Reason = {
    title: 'The back/forward cache',
    page: () => {
      const window = new EventTarget();
      return {
        bindings: { window },
        pause: (paused) => window.dispatchEvent(new Event(paused ? 'pagehide' : 'pageshow')),
      };
    },
  };

  describe.each([hidden, offline, away])('$title', ({ title, page }) => {
    it('closes the stream, and continues after the last message', async () => {
      const { bindings, pause } = page();
      const data$ = await feedOf(title, bindings);
      scheduled(({ cold, expectObservable, flush }) => {
        serveFeed(cold, [
          { body: 'a---', chunks: { a: message(1) } },
          { body: 'b---', chunks: { b: message(2) } },
        ]);
        cold('-p 9s c', { p: true, c: false }).subscribe(pause);
        expectObservable(data$, '20s !').toBe('a 9s -b', { a: '1', b: '2' });
        flush();
        expect(lastEventIds()).toEqual([null, '1']);
        expect(server.requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
      });
    });

    it('keeps the delay between attempts, and makes none meanwhile', async () => {
      const { bindings, pause } = page();
      const data$ = await feedOf(title, bindings);
      scheduled(({ cold, expectObservable, flush }) => {
        serveFeed(cold, () => ({ response: '#' }));
        cold('-p 9s c', { p: true, c: false }).subscribe(pause);
        expectObservable(data$, '11s !').toBe('');
        flush();
        const [first, second, third, ...more] = server.requests.map(({ frame }) => frame);
        expect([first, second]).toEqual([0, 9_002]);
        // The second failure in a row: at least twice the 3 s.
        expect([third, ...more]).toEqual([undefined]);
      });
    });
  });

  it('is any of several reasons', async () => {
    const [hidden$, offline$] = [new Subject<boolean>(), new Subject<boolean>()];
    const paused$ = await expression<Observable<boolean>>(
      'combineLatest([hidden$, offline$]).pipe(map((reasons) => reasons.includes(true)))',
      { hidden$, offline$ },
    );
    const { values } = record(paused$);
    hidden$.next(false);
    offline$.next(false);
    hidden$.next(true);
    offline$.next(true);
    hidden$.next(false);
    offline$.next(false);
    expect(values).toEqual([false, true, true, true, false]);
  });
});

describe('the README: Messages of several types', () => {
  it('gives each the data of its type', async () => {
    const bar = { value: 0 };
    const location = { href: '' };
    const body = 'event: tick\ndata: 7\n\nevent: other\ndata: 8\n\nevent: done\ndata: {"url":"/result"}\n\n';
    const { default: subscription } = await evaluate<{ default: Subscription }>(
      'Messages of several types',
      { bar, location },
      { fetch: responding([utf8(body)]) },
    );
    onTestFinished(() => {
      subscription.unsubscribe();
    });
    await eventually(() => location.href).toBe('/result');
    expect(bar.value).toBe(7);
  });
});

describe('the README: More than five minutes of silence in Node', () => {
  it('is read through the dispatcher that is given', async () => {
    const { url } = await webServer(
      () =>
        new Response('data: a\n\n:rxjs-http-streams', { headers: { 'content-type': 'text/event-stream' } }),
    );
    const { default: message$ } = await evaluate<{ default: Observable<SseMessage> }>(
      'More than five minutes of silence in Node',
      {},
      { server: url },
    );
    const recording = record(message$);
    await recording.received(1);
    recording.subscription.unsubscribe();
    expect(recording.values).toEqual([{ type: 'message', data: 'a', id: '' }]);
  });
});
