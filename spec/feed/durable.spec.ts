import {
  NEVER,
  Observable,
  Subject,
  concat,
  defer,
  map,
  mergeMap,
  of,
  range,
  take,
  tap,
  throwError,
} from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { durable, isStreamGapError, memoryLogs, toSseResponse } from 'rxjs-http-streams';
import type {
  Durable,
  LogClaim,
  MessageLog,
  MessageLogs,
  SseMessageInit,
  StreamSource,
} from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { cursorOf } from '../../src/feed/cursor';
import { macrotasks } from '../support/macrotasks';
import { outcomeOf } from '../support/outcome';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const failure = new Error('the model broke');

const said = (words: StreamSource<string>): Observable<SseMessageInit> =>
  (words as Observable<string>).pipe(map((data) => ({ data })));
const heard = (answer: Observable<SseMessageInit>): Observable<string> =>
  answer.pipe(map(({ data }) => data as string));
/** The ids of the messages that are held, in order. */
const idsOf = (answers: Durable, id: string): string[] =>
  outcomeOf(answers.follow(id)()).values.map((message) => message.id ?? '');
const gapOf = (answer: Observable<unknown>): { lastEventId: string; message: string } => {
  const { values, error } = record(answer);
  expect(values).toEqual([]);
  if (!isStreamGapError(error)) throw new Error('expected a gap', { cause: error });
  expect(error.status).toBe(410);
  return error;
};

describe('durable: run', () => {
  it('subscribes one source for all runs of an id, and gives each client the answer from its start', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const words = cold(' --a----b--------c--|');
      const others = cold('x|');
      const answers = durable();
      expectObservable(heard(answers.run('1', said(words))())).toBe('                --a----b--------c--|');
      expectObservable(heard(answers.run('1', said(others))()), '---------^').toBe('---------(ab)---c--|');
      expectObservable(heard(answers.run('2', said(others))())).toBe('               x|');
      expectSubscriptions(words.subscriptions).toBe('                        ^------------------!');
      expectSubscriptions(others.subscriptions).toBe('                       ^!');
    });
  });

  it('gives the answer that is held, and starts no source, when it has ended', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const words = cold('-a-b-|');
      const answers = durable();
      const run = (): Observable<string> => heard(answers.run('1', () => said(words))());
      expectObservable(run()).toBe('        -a-b-|');
      expectObservable(run(), '4m ^').toBe('4m (ab|)');
      expectSubscriptions(words.subscriptions).toBe('^----!');
    });
  });

  it('starts its source with the first client, not when it is called, and asks a factory once', () => {
    let started = 0;
    const answers = durable();
    const runs = Array.from({ length: 2 }, () =>
      answers.run('1', () => {
        started++;
        return NEVER;
      })(),
    );
    expect(started).toBe(0);
    for (const answer of runs) record(answer);
    expect(started).toBe(1);
  });

  it('goes on when its clients leave, who come back after the last message they had', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const words = cold('-a-b-c-d-----e-|');
      const answers = durable();
      let last = '';
      const first = answers
        .run('1', said(words))()
        .pipe(tap(({ id = '' }) => (last = id)));
      const again = defer(() => answers.follow('1')(last));
      const anew = defer(() => answers.run('1', NEVER)(last));
      expectObservable(heard(first), '      ^---!').toBe('    -a-b');
      expectObservable(heard(again), '      --------^').toBe('--------(cd)-e-|');
      expectObservable(heard(anew), '       --------^').toBe('--------(cd)-e-|');
      expectSubscriptions(words.subscriptions).toBe('       ^--------------!');
    });
  });

  it('goes on when its first client leaves before the first message', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const words = cold('---a-b-|');
      const answers = durable();
      expectObservable(answers.run('1', said(words))(), '^!').toBe('-');
      expectObservable(heard(answers.follow('1')()), '----------^').toBe('----------(ab|)');
      expectSubscriptions(words.subscriptions).toBe('^------!');
    });
  });

  it('gives its first client all of a source that gives everything at once, more than is held among it', () => {
    const answers = durable(memoryLogs({ bufferSize: 3 }));
    const words = range(0, 10).pipe(map((n) => `${n}`));
    expect(outcomeOf(heard(answers.run('1', said(words))()))).toMatchObject({
      values: Array.from({ length: 10 }, (_, n) => `${n}`),
      completed: true,
    });
  });

  it.each<[string, ObservableInput<SseMessageInit>]>([
    ['an array', [{ data: 'a' }]],
    ['a promise', Promise.resolve({ data: 'a' })],
    [
      'an async iterable',
      (async function* () {
        yield await Promise.resolve({ data: 'a' });
      })(),
    ],
  ])('takes %s as its source', async (_, source) => {
    const answer = record(durable().run('1', source)());
    await answer.ended();
    expect(answer).toMatchObject({ values: [{ data: 'a' }], outcome: 'complete' });
  });

  it("gives messages ids of its own, and no two answers the same, whatever the source's are", () => {
    const source = of({ id: '1', type: 't', data: 'a' }, { id: '2', data: 'b' }, { data: 'c' });
    const ids = ['x', 'y'].flatMap((id) => {
      const answers = durable();
      outcomeOf(answers.run(id, source)());
      expect(outcomeOf(answers.follow(id)()).values).toMatchObject([
        { type: 't', data: 'a' },
        { data: 'b' },
        { data: 'c' },
      ]);
      return idsOf(answers, id);
    });
    expect(ids.every((id) => /^\w{8,}-[123]$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(6);
  });

  it('starts nothing for a client that comes back after a message of an answer that is held no more', () => {
    let started = 0;
    const answers = durable();
    const source = (): Observable<SseMessageInit> => {
      started++;
      return of({ data: 'a' });
    };
    expect(gapOf(answers.run('1', source)('earlier-7')).lastEventId).toBe('earlier-7');
    expect(started).toBe(0);
    expect(outcomeOf(answers.run('1', source)()).values).toHaveLength(1);
    expect(gapOf(answers.run('1', source)('earlier-7')).lastEventId).toBe('earlier-7');
  });
});

describe('durable: follow', () => {
  it('gives the answer from its start without a Last-Event-ID, else what follows that one', () => {
    const words = new Subject<string>();
    const answers = durable();
    record(answers.run('1', said(words))()).subscription.unsubscribe();
    for (const word of ['a', 'b', 'c']) words.next(word);
    const first = record(answers.follow('1')());
    const ids = first.values.map(({ id }) => id);
    const clients = [undefined, '', ...ids].map((id) => record(heard(answers.follow('1')(id))));
    words.next('d');
    words.complete();
    expect(clients.map(({ values, outcome }) => [values.join(''), outcome])).toEqual(
      ['abcd', 'abcd', 'bcd', 'cd', 'd'].map((text) => [text, 'complete']),
    );
  });

  it('waits for the first message of an answer that has said nothing yet', () => {
    scheduled(({ cold, expectObservable }) => {
      const answers = durable();
      expectObservable(answers.run('1', said(cold('-----a-|')))(), '^!').toBe('-');
      expectObservable(heard(answers.follow('1')()), '--^').toBe('-----a-|');
    });
  });

  it('gives who comes after the end what it has missed, and the end', () => {
    const answers = durable();
    outcomeOf(answers.run('1', said(of('a', 'b')))());
    const [first = '', last = ''] = idsOf(answers, '1');
    expect(outcomeOf(heard(answers.follow('1')(first)))).toMatchObject({ values: ['b'], completed: true });
    expect(outcomeOf(answers.follow('1')(last))).toMatchObject({ values: [], completed: true });
    expect(outcomeOf(answers.follow('1')()).completed).toBe(true);
  });

  it('is a gap that tells a developer of the id, where there is no such answer', () => {
    const answers = durable();
    outcomeOf(answers.run('1', said(of('a')))());
    const gap = gapOf(answers.follow('2')());
    expect(gap.message).toBe("No answer '2' is stored: it was not started here, or its time to live is over");
    expect(gap.lastEventId).toBe('');
    expect(gapOf(answers.follow('2')('x-1'))).toMatchObject({ lastEventId: 'x-1', message: gap.message });
  });

  it('is a gap after an id that is not of the answer, another one of the same process among them', () => {
    const answers = durable();
    outcomeOf(answers.run('1', said(of('a', 'b')))());
    outcomeOf(answers.run('2', said(of('a', 'b')))());
    const [, foreign = ''] = idsOf(answers, '2');
    for (const id of [foreign, 'nonsense', foreign.slice(0, -1), `${foreign}0`]) {
      expect(gapOf(answers.follow('1')(id)).lastEventId).toBe(id);
    }
  });

  it('looks for the answer when it is subscribed', () => {
    const answers = durable();
    const follow = answers.follow('1');
    const answer = follow();
    record(answers.run('1', said(of('a')))());
    expect(outcomeOf(heard(answer)).values).toEqual(['a']);
  });
});

describe('durable: stop', () => {
  it('unsubscribes the source, and ends the answer for who listens and who comes later', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const words = cold('-a-b-c-d-e-|');
      const answers = durable();
      cold('------x').subscribe(() => void answers.stop('1'));
      expectObservable(heard(answers.run('1', said(words))())).toBe('-a-b-c|');
      expectObservable(heard(answers.follow('1')()), '--^').toBe('   --ab-c|');
      expectObservable(heard(answers.follow('1')()), '9ms ^').toBe(' 9ms (abc|)');
      expectSubscriptions(words.subscriptions).toBe('        ^-----!');
    });
  });

  it('stops at once, whether or not its result is subscribed, and tells each who asks what there was to stop', () => {
    const words = new Subject<string>();
    const answers = durable();
    expect(outcomeOf(answers.stop('1'))).toMatchObject({ values: [false], completed: true });
    record(answers.run('1', said(words))()).subscription.unsubscribe();
    expect(words.observed).toBe(true);
    const stopped = answers.stop('1');
    expect(words.observed).toBe(false);
    const again = answers.stop('1');
    for (const told of [stopped, stopped])
      expect(outcomeOf(told)).toMatchObject({ values: [true], completed: true });
    expect(outcomeOf(again).values).toEqual([false]);
    expect(outcomeOf(answers.stop('2')).values).toEqual([false]);
  });

  it('says that there was nothing to stop once the answer has ended', () => {
    const answers = durable();
    outcomeOf(answers.run('1', said(of('a')))());
    expect(outcomeOf(answers.stop('1')).values).toEqual([false]);
    expect(outcomeOf(heard(answers.follow('1')())).values).toEqual(['a']);
  });

  it('stops a source from within its own messages, and leaves other answers alone', () => {
    const answers = durable();
    const other = new Subject<string>();
    record(answers.run('2', said(other))());
    const heardWords: string[] = [];
    heard(answers.run('1', said(range(0, 100).pipe(map((n) => `${n}`))))()).subscribe((word) => {
      heardWords.push(word);
      if (word === '2') void answers.stop('1');
    });
    expect(heardWords).toEqual(['0', '1', '2']);
    expect(other.observed).toBe(true);
  });

  it('errors as the logs do, and leaves no rejection unhandled', async () => {
    const broken: MessageLogs = { ...memoryLogs(), stop: () => Promise.reject(failure) };
    const stopped = record(durable(broken).stop('1'));
    void durable(broken).stop('1');
    void durable({
      ...memoryLogs(),
      stop: () => {
        throw failure;
      },
    }).stop('1');
    await macrotasks();
    expect(stopped.error).toBe(failure);
  });
});

describe('durable: a failure of the source', () => {
  it('is an error for who listens, and after what was missed for who comes later', () => {
    scheduled(({ cold, expectObservable }) => {
      const answers = durable();
      const run = (): Observable<string> =>
        heard(answers.run('1', () => said(cold('-a-b-#', undefined, failure)))());
      expectObservable(run()).toBe('                        -a-b-#', undefined, failure);
      expectObservable(heard(answers.follow('1')()), '--^').toBe('--ab-#', undefined, failure);
      expectObservable(heard(answers.follow('1')()), '9ms ^').toBe('9ms (ab#)', undefined, failure);
      expectObservable(run(), '9ms ^').toBe('9ms (ab#)', undefined, failure);
    });
  });

  it.each<[string, () => ObservableInput<SseMessageInit>]>([
    [
      'a factory that throws',
      () => {
        throw failure;
      },
    ],
    ['a source that errors while it is subscribed', () => throwError(() => failure)],
    ['a promise that rejects', () => Promise.reject(failure)],
  ])('is what %s fails with, with nobody listening too', async (_, source) => {
    const answers = durable();
    record(answers.run('1', source)()).subscription.unsubscribe();
    await macrotasks();
    expect(outcomeOf(answers.follow('1')()).error).toBe(failure);
  });

  it.each<[string, unknown]>([
    ['text', 'token'],
    ['nothing', null],
    ['a number', 1],
  ])('is a TypeError for a message that is %s, and ends the source', (_, message) => {
    const source = new Subject<SseMessageInit>();
    const answers = durable();
    const listener = record(answers.run('1', source)());
    source.next({ data: 'a' });
    source.next(message as SseMessageInit);
    expect(source.observed).toBe(false);
    for (const { values, error } of [listener, outcomeOf(answers.follow('1')())]) {
      expect(values).toMatchObject([{ data: 'a' }]);
      expect(error).toBeInstanceOf(TypeError);
    }
    expect(outcomeOf(answers.stop('1')).values).toEqual([false]);
  });

  it('is final for a client that has all of it: its cursor was over before it came', () => {
    const answers = durable();
    record(
      answers.run(
        '1',
        concat(
          said(of('a')),
          throwError(() => failure),
        ),
      )(),
    );
    const id = record(answers.follow('1')()).values[0]?.id;
    const cursor = cursorOf(answers.follow('1')(id))?.open({ wake: () => undefined });
    expect(cursor?.take(1_000)).toBe(undefined);
    expect(cursor).toMatchObject({ wasOver: true, end: { failed: true, error: failure } });
  });
});

describe('durable: what is held', () => {
  it('is held for the time to live, counted from the end of the answer, and is a gap after it', () => {
    scheduled(({ cold, expectObservable }) => {
      const answers = durable(memoryLogs({ ttl: 1_000 }));
      const run = (): Observable<string> => heard(answers.run('1', () => said(cold('-a 4997ms b|')))());
      const isGap = (error: unknown): boolean => isStreamGapError(error);
      const followed = defer(() =>
        of(outcomeOf(heard(answers.follow('1')()))).pipe(
          map(({ values, error }) => (isGap(error) ? 'gap' : values.join(''))),
        ),
      );
      expectObservable(run()).toBe('-a 4997ms b|');
      expectObservable(followed, '4000ms ^').toBe('4000ms (x|)', { x: 'a' });
      expectObservable(followed, '5999ms ^').toBe('5999ms (x|)', { x: 'ab' });
      expectObservable(followed, '6001ms ^').toBe('6001ms (x|)', { x: 'gap' });
      expectObservable(run(), '   7000ms ^').toBe('7000ms -a 4997ms b|');
    });
  });

  it('is held for five minutes if omitted, and after a stop or a failure alike', () => {
    scheduled(({ cold, flush }) => {
      const answers = durable();
      record(answers.run('ended', said(of('a')))());
      record(
        answers.run(
          'failed',
          throwError(() => failure),
        )(),
      );
      record(answers.run('stopped', NEVER)());
      record(answers.run('running', NEVER)()).subscription.unsubscribe();
      void answers.stop('stopped');
      const held = (): string[] =>
        ['ended', 'failed', 'stopped', 'running'].filter(
          (id) => !isStreamGapError(outcomeOf(answers.follow(id)()).error),
        );
      const seen: string[][] = [];
      cold('299999ms x 1ms x').subscribe(() => seen.push(held()));
      flush();
      expect(seen).toEqual([['ended', 'failed', 'stopped', 'running'], ['running']]);
    });
  });

  it('keeps no process alive that has nothing else to do', () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    record(durable().run('1', said(of('a')))());
    expect(timers()).toBe(before);
  });

  it('is bounded for a source that never ends: then its start is a gap, and its newest messages are not', () => {
    const words = new Subject<string>();
    const answers = durable(memoryLogs({ bufferSize: 3 }));
    const listener = record(heard(answers.run('1', said(words))()));
    for (const word of 'abc') words.next(word);
    const [first = '', second = ''] = idsOf(answers, '1');
    for (const word of 'de') words.next(word);
    expect(listener.values.join('')).toBe('abcde');
    expect(gapOf(answers.follow('1')()).message).toBe('The beginning of the stream is not stored (any more)');
    expect(gapOf(answers.run('1', NEVER)())).toMatchObject({ lastEventId: '' });
    expect(gapOf(answers.follow('1')(first)).lastEventId).toBe(first);
    expect(outcomeOf(heard(answers.follow('1')(second))).values.join('')).toBe('cde');
    words.complete();
    expect(gapOf(answers.follow('1')()).lastEventId).toBe('');
  });

  it('is bounded by bytes too', () => {
    const words = new Subject<string>();
    const answers = durable(memoryLogs({ bufferBytes: 1_000 }));
    record(answers.run('1', said(words))());
    for (let n = 0; n < 5; n++) words.next('x'.repeat(100));
    expect(outcomeOf(answers.follow('1')()).values).toHaveLength(5);
    for (let n = 0; n < 5; n++) words.next('x'.repeat(100));
    expect(gapOf(answers.follow('1')()).lastEventId).toBe('');
  });

  it('holds answers of thousands of tokens if nothing is said of it', () => {
    const answers = durable();
    record(answers.run('1', range(0, 20_000).pipe(map((n) => ({ data: n }))))());
    expect(outcomeOf(answers.follow('1')()).values).toHaveLength(20_000);
  });

  it('makes the id of an answer that is held no more a gap in the next one under its name', () => {
    scheduled(({ cold, flush }) => {
      const answers = durable(memoryLogs({ ttl: 10 }));
      record(answers.run('1', of({ id: '1', data: 'a' }))());
      const [id = ''] = idsOf(answers, '1');
      let seen: unknown[] = [];
      cold('20ms x').subscribe(() => {
        record(answers.run('1', of({ id: '1', data: 'b' }, { id: '2', data: 'c' }))());
        seen = [id, '1'].map((earlier) => isStreamGapError(outcomeOf(answers.follow('1')(earlier)).error));
      });
      flush();
      expect(seen).toEqual([true, true]);
    });
  });
});

describe('durable on logs that answer later', () => {
  /** Logs as an engine has them: every answer is a promise. */
  function engine(): { logs: MessageLogs; leases: () => number; lose: (error: unknown) => void } {
    const memory = memoryLogs();
    const lost = new Subject<never>();
    let leases = 0;
    const later = <A>(answer: ObservableInput<A>): Promise<A> => Promise.resolve((answer as A[])[0]!);
    return {
      leases: () => leases,
      lose: (error) => {
        lost.error(error);
      },
      logs: {
        claim: async (id) => {
          const { log, stopped } = await later(memory.claim(id));
          return {
            log,
            stopped:
              stopped &&
              new Observable((subscriber) => {
                leases++;
                subscriber.add(() => leases--);
                subscriber.add(stopped.subscribe(subscriber));
                subscriber.add(lost.subscribe(subscriber));
              }),
          };
        },
        find: (id) => later(memory.find(id)),
        stop: (id) => later(memory.stop(id)),
      },
    };
  }
  // Claims are arrays, whose answer is their only entry.
  const told = (answers: Durable): Promise<Recorded> => {
    const answer = record(heard(answers.follow('1')()));
    return answer.ended().then(() => answer);
  };
  type Recorded = ReturnType<typeof record<string>>;

  it('keeps the claim for as long as the source runs, and not longer', async () => {
    const { logs, leases } = engine();
    const answers = durable(logs);
    const words = new Subject<string>();
    const answer = record(heard(answers.run('1', said(words))()));
    await macrotasks();
    expect(leases()).toBe(1);
    answer.subscription.unsubscribe();
    words.next('a');
    expect(leases()).toBe(1);
    words.complete();
    expect(leases()).toBe(0);
    expect(await told(answers)).toMatchObject({ values: ['a'], outcome: 'complete' });
  });

  it('keeps the claim until the log has taken all that the source has said', async () => {
    const { logs, leases } = engine();
    const slow = new Subject<void>();
    const answers = durable({
      ...logs,
      claim: async (id) => {
        const { log, stopped } = await (logs.claim(id) as Promise<LogClaim>);
        const append: MessageLog['append'] = (messages, end) =>
          slow.pipe(
            take(1),
            mergeMap(() => log.append(messages, end)),
          );
        return { log: { ...log, append }, stopped };
      },
    });
    const words = new Subject<string>();
    record(answers.run('1', said(words))());
    await macrotasks();
    words.next('a');
    words.next('b');
    words.complete();
    expect([words.observed, leases()]).toEqual([false, 1]);
    slow.next();
    expect(leases()).toBe(1);
    slow.next();
    expect(leases()).toBe(0);
    expect(await told(answers)).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
  });

  it('starts one source of two runs, for clients too that have left before the claim was answered', async () => {
    const { logs } = engine();
    const answers = durable(logs);
    let started = 0;
    const run = (): Observable<SseMessageInit> =>
      answers.run('1', () => {
        started++;
        return said(of('a'));
      })();
    for (const answer of [run(), run()]) record(answer).subscription.unsubscribe();
    await macrotasks();
    expect(started).toBe(1);
    expect(await told(answers)).toMatchObject({ values: ['a'], outcome: 'complete' });
  });

  it('stops from anywhere', async () => {
    const { logs, leases } = engine();
    const answers = durable(logs);
    const words = new Subject<string>();
    const answer = record(answers.run('1', said(words))());
    await macrotasks();
    const stopped = record(answers.stop('1'));
    await answer.ended();
    expect([answer.outcome, stopped.values, words.observed, leases()]).toEqual([
      'complete',
      [true],
      false,
      0,
    ]);
  });

  it('unsubscribes the source of a claim that is lost, and makes its failure the one of the answer', async () => {
    const { logs, lose } = engine();
    const answers = durable(logs);
    const words = new Subject<string>();
    const answer = record(answers.run('1', said(words))());
    await macrotasks();
    lose(failure);
    await answer.ended();
    expect([answer.error, words.observed]).toEqual([failure, false]);
  });

  it.each(['claim', 'find'] as const)('errors with what %s fails with', async (member) => {
    const logs: MessageLogs = { ...memoryLogs(), [member]: () => Promise.reject(failure) };
    const answers = durable(logs);
    const answer = record(member === 'claim' ? answers.run('1', NEVER)() : answers.follow('1')());
    await answer.ended();
    expect(answer.error).toBe(failure);
  });
});

describe('durable as the source of toSseResponse', () => {
  const ask = (init?: RequestInit): Request => new Request('http://localhost/answers/1', init);

  it('is started by no HEAD request and by no response that is dropped', async () => {
    let started = 0;
    const answers = durable();
    const source = (): Observable<SseMessageInit> => {
      started++;
      return said(of('a'));
    };
    const request = ask({ method: 'HEAD' });
    await toSseResponse(answers.run('1', source), { request, awaitFirst: true });
    toSseResponse(answers.run('1', source), { request });
    toSseResponse(answers.run('1', source), { request: ask() });
    await macrotasks();
    expect(started).toBe(0);
    expect(await toSseResponse(answers.run('1', source), { request: ask() }).text()).toContain('data: a\n');
    expect(started).toBe(1);
  });

  it('answers 410 where there is no such answer, and where its beginning is gone', async () => {
    const answers = durable(memoryLogs({ bufferSize: 1 }));
    record(answers.run('long', said(of('a', 'b')))());
    for (const id of ['none', 'long']) {
      const response = await toSseResponse(answers.follow(id), { request: ask(), awaitFirst: true });
      expect(response.status).toBe(410);
    }
  });

  it('waits with awaitFirst for the first message, and refuses with the status of a source that has none', async () => {
    const words = new Subject<string>();
    const answers = durable();
    const answered: string[] = [];
    const answering = [answers.run('1', said(words)), answers.follow('1')].map(async (source) => {
      const response = await toSseResponse(source, { request: ask(), awaitFirst: true });
      answered.push(`${response.status} ${response.headers.get('retry-after')}`);
    });
    await macrotasks();
    expect(answered).toEqual([]);
    words.error(Object.assign(new Error('busy'), { status: 429, retryAfter: 2_000 }));
    await Promise.all(answering);
    expect(answered).toEqual(['429 2', '429 2']);
    const late = await toSseResponse(answers.follow('1'), { request: ask(), awaitFirst: true });
    expect(late.status).toBe(410);
  });

  it('goes on when a response is cancelled', async () => {
    const words = new Subject<string>();
    const answers = durable();
    const reader = toSseResponse(answers.run('1', said(words)), { request: ask() }).body!.getReader();
    await reader.read();
    words.next('a');
    await reader.read();
    await reader.cancel();
    words.next('b');
    words.complete();
    expect(outcomeOf(heard(answers.follow('1')())).values).toEqual(['a', 'b']);
  });
});

describe('durable: what it is given', () => {
  it.each([undefined, null, '', 5, {}])('refuses %j as an id when it is called', (id) => {
    const answers = durable();
    for (const call of [
      () => answers.run(id as string, NEVER),
      () => answers.follow(id as string),
      () => answers.stop(id as string),
    ]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(/^id: expected a string that is not empty, got /);
    }
  });
});
