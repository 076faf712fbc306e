import { AsyncLocalStorage } from 'node:async_hooks';
import { Observable, Subject, concat, finalize, interval, map, of, throwError } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse } from 'rxjs-http-streams';
import type { BodySource } from 'rxjs-http-streams';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bodies } from '../support/bodies';
import { drained } from '../support/drained';
import { frameworks } from '../support/frameworks';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { record } from '../support/recording';
import { textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const storage = new AsyncLocalStorage<string>();
const made = <T>(make: () => T): T => storage.run('the request', make);
/** Reads and leaves as a server does: in a context of its own. */
const outside = <T>(act: () => T): T => storage.run('the server', act);

let seen: string[];
const note = (moment: string): void => {
  seen.push(`${moment}: ${storage.getStore()}`);
};
beforeEach(() => {
  seen = [];
});

const onEnd = (): void => {
  note('end');
};

/** Notes where each of its moments takes place. */
const noting = (values: Observable<string>): (() => Observable<string>) => {
  return () => {
    note('factory');
    return new Observable((subscriber) => {
      note('subscribe');
      subscriber.add(() => {
        note('teardown');
      });
      return values.subscribe(subscriber);
    });
  };
};

function* generated(): Generator<string> {
  try {
    for (let n = 0; n < 4; n++) {
      note('pull');
      yield 'x'.repeat(70_000);
    }
  } finally {
    note('teardown');
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- its values are there already
async function* generatedLater(): AsyncGenerator<string> {
  yield* generated();
}

describe.each(bodies)('$name', ({ make }) => {
  it('calls, subscribes and leaves its source in the context in which it was made', async () => {
    const { read, cancel } = textReader(
      made(() => make(noting(new Subject()), { heartbeat: 5, onEnd } as never)),
    );
    const waiting = outside(read);
    await macrotasks();
    await outside(cancel);
    await waiting;
    expect(seen).toEqual(
      ['factory', 'subscribe', 'teardown', 'end'].map((moment) => `${moment}: the request`),
    );
  });

  it.each(['signal', 'request'] as const)('leaves its source there when its %s aborts', async (whose) => {
    const controller = new AbortController();
    const { signal } = controller;
    const { read } = textReader(
      made(() =>
        make(noting(concat(of('a'), new Subject<never>())), {
          onEnd,
          ...(whose === 'signal' ? { signal } : { request: new Request('http://localhost/', { signal }) }),
        }),
      ),
    );
    await outside(read);
    outside(() => {
      controller.abort();
    });
    await macrotasks();
    expect(seen.slice(2)).toEqual(['teardown: the request', 'end: the request']);
  });

  it('asks mapError there, though the source fails elsewhere', async () => {
    const subject = new Subject<string>();
    const mapError = (): string => {
      note('mapError');
      return 'gone';
    };
    const body = made(() => make(subject, { mapError, onEnd }));
    const all = outside(() => drained(body));
    await macrotasks();
    outside(() => {
      subject.error(new Error('the secret'));
    });
    await all;
    expect(seen).toEqual(['mapError: the request', 'end: the request']);
  });

  it.each([
    ['a generator', generated],
    ['an async generator', generatedLater],
  ])('pulls %s there, to its end', async (_, source) => {
    const body = made(() => make(source()));
    await outside(() => drained(body));
    expect(seen).toEqual([...Array.from({ length: 4 }, () => 'pull: the request'), 'teardown: the request']);
  });

  it.each([
    ['a generator', generated],
    ['an async generator', generatedLater],
  ])('leaves %s there', async (_, source) => {
    const { read, cancel } = textReader(made(() => make(source())));
    await outside(read);
    await macrotasks();
    await outside(read);
    await outside(cancel);
    await macrotasks();
    expect(new Set(seen)).toEqual(new Set(['pull: the request', 'teardown: the request']));
  });

  it('stops a client that is too slow there', async () => {
    const { read } = textReader(
      made(() =>
        make(noting(interval(1).pipe(map(() => 'x'.repeat(1_000)))), { maxBufferedBytes: 100, onEnd }),
      ),
    );
    await outside(read);
    await expect.poll(() => seen.length).toBe(4);
    expect(seen.slice(2)).toEqual(['teardown: the request', 'end: the request']);
  });

  it('keeps the contexts of two bodies of one source apart', async () => {
    const source = noting(of('a'));
    const all = ['first', 'second'].map((name) => storage.run(name, () => make(source, { onEnd })));
    await outside(() => Promise.all(all.map(drained)));
    const perMoment = ['factory', 'subscribe', 'teardown', 'end'];
    for (const name of ['first', 'second']) {
      expect(seen.filter((moment) => moment.endsWith(name))).toEqual(
        perMoment.map((moment) => `${moment}: ${name}`),
      );
    }
  });
});

describe.each(frameworks)('On $name', ({ serve }) => {
  const serving = async (source: BodySource<string>, awaitFirst = false): Promise<string> => {
    const { url } = await httpServer(
      await serve((request) =>
        made(() => toNdjsonResponse(source, { request, onEnd, awaitFirst: awaitFirst as true })),
      ),
    );
    return url;
  };
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue();
    return () => vi.restoreAllMocks();
  });

  const whole = ['factory', 'subscribe', 'value', 'value', 'teardown', 'end'];
  const values = interval(2).pipe(
    map((n) => {
      note('value');
      return String(n);
    }),
  );

  it.each([
    ['leaves', values, (count: number) => count === 2],
    ['leaves before any value', new Subject<string>(), () => false],
    [
      'fails',
      concat(
        of('a'),
        throwError(() => new Error('the secret')),
      ),
      () => false,
    ],
    ['completes', of('a', 'b'), () => false],
  ])('all that belongs to a request whose stream %s is done in its context', async (how, source, enough) => {
    const url = await serving(noting(source));
    const recording = record(fromNdjsonFetch(url));
    if (how === 'leaves') await recording.received(2);
    else if (how === 'leaves before any value') await expect.poll(() => seen.length).toBe(2);
    else await recording.ended();
    recording.subscription.unsubscribe();
    await expect.poll(() => seen.some((moment) => moment.startsWith('end'))).toBe(true);
    expect(seen.filter((moment) => !moment.endsWith(': the request'))).toEqual([]);
    for (const moment of new Set(enough(2) ? whole : whole.filter((one) => one !== 'value'))) {
      expect(seen).toContain(`${moment}: the request`);
    }
  });

  it('pulls and leaves a generator in the context of its request', async () => {
    async function* slowly(): AsyncGenerator<string> {
      try {
        for (;;) {
          note('pull');
          yield 'a';
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      } finally {
        note('teardown');
      }
    }
    const recording = record(fromNdjsonFetch(await serving(slowly())));
    await recording.received(3);
    recording.subscription.unsubscribe();
    await expect.poll(() => seen.some((moment) => moment.startsWith('teardown'))).toBe(true);
    expect(seen.filter((moment) => !moment.endsWith(': the request'))).toEqual([]);
  });

  it('keeps it where the first value is awaited', async () => {
    const url = await serving(
      noting(
        values.pipe(
          finalize(() => {
            note('finalize');
          }),
        ),
      ),
      true,
    );
    const recording = record(fromNdjsonFetch(url));
    await recording.received(2);
    recording.subscription.unsubscribe();
    await expect.poll(() => seen.some((moment) => moment.startsWith('end'))).toBe(true);
    expect(seen.filter((moment) => !moment.endsWith(': the request'))).toEqual([]);
  });
});
