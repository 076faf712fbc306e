import { Subject, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { evaluate } from './evaluate';
import { environment, lastEventIds, message, serveFeed, server } from './feedServer';

describe('RxJS around a reader: A feed that resumes under any operator', () => {
  it('continues after a failure that the reader does not retry, and after all subscribers have left', async () => {
    const { feed$ } = await evaluate<{ feed$: Observable<SseMessage> }>(
      'A feed that resumes under any operator',
      {},
      environment,
    );
    scheduled(({ cold, flush }) => {
      serveFeed(cold, [
        { body: 'a|', chunks: { a: message(1) } },
        { status: 403, body: '|' },
        { body: 'b-', chunks: { b: message(2) } },
        { body: 'c-', chunks: { c: message(3) } },
      ]);
      const first = record(feed$.pipe(map(({ data }) => data)));
      cold('60s x').subscribe(() => {
        first.subscription.unsubscribe();
        record(feed$);
      });
      flush();
      expect(first.values).toEqual(['1', '2']);
    });
    expect(lastEventIds()).toEqual([null, '1', '1', '2']);
  });
});

describe('RxJS around a reader: One connection for all subscribers', () => {
  it('has the latest message for who comes later, and is aborted a minute after all have left', async () => {
    const { latest$ } = await evaluate<{ latest$: Observable<SseMessage> }>(
      'One connection for all subscribers',
      {},
      environment,
    );
    scheduled(({ cold, flush }) => {
      serveFeed(cold, [{ body: 'a-', chunks: { a: message(1) } }]);
      const first = record(latest$);
      cold('5s x').subscribe(() => {
        const second = record(latest$);
        expect(second.values).toEqual([{ type: 'message', data: '1', id: '1' }]);
        first.subscription.unsubscribe();
        second.subscription.unsubscribe();
      });
      cold('65s x').subscribe(() => {
        expect(server.requests[0]?.signal.aborted).toBe(false);
      });
      flush();
    });
    expect(server.requests.map(({ signal }) => signal.aborted)).toEqual([true]);
  });
});

describe('RxJS around a reader: A Stop button', () => {
  it('stops an answer, and answers the next question', async () => {
    const question$ = new Subject<string>();
    const stop$ = new Subject<void>();
    const { answer$ } = await evaluate<{ answer$: Observable<SseMessage> }>(
      'A Stop button',
      { question$, stop$ },
      environment,
    );
    scheduled(({ cold, flush }) => {
      serveFeed(cold, () => ({ body: 'a-', chunks: { a: 'data: a\n\n' } }));
      const answers = record(answer$);
      cold('q--q--s--q', { q: 'q', s: 's' }).subscribe((what) => {
        if (what === 'q') question$.next('{}');
        else stop$.next();
      });
      flush();
      expect(answers).toMatchObject({ outcome: undefined });
      expect(answers.values).toHaveLength(3);
    });
    expect(server.requests.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });
});
