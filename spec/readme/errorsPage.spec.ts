import { readFileSync, readdirSync } from 'node:fs';
import { NEVER, concat, lastValueFrom, of, range, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import * as library from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../support/root';
import { scheduled } from '../support/scheduler';

const page = readFileSync(`${root}docs/reference/errors.md`, 'utf8');
/** The section of the page with a title. */
const sectionOf = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

type Source = (helpers: RunHelpers) => Observable<unknown>;

/** A source that reads the response of a server in marbles. */
const reading =
  (read: (init: { fetch: library.StreamFetch }) => Observable<unknown>, response: MarbleResponse): Source =>
  ({ cold }) =>
    read({ fetch: marbleFetch(cold, [response]).fetch });

/** The error of a source in virtual time. */
function errorOf(make: Source): unknown {
  let failure: unknown;
  scheduled((helpers) => {
    make(helpers).subscribe({
      error: (error: unknown) => {
        failure = error;
      },
    });
    helpers.flush();
  });
  return failure;
}

const rows = (init: library.NdjsonFetchInit<unknown>) => library.fromNdjsonFetch('/rows', init);
const messages = (init: library.EventSourceFetchInit) =>
  library.fromEventSource('/feed', { reconnect: false, ...init });
const text = (body: string): MarbleResponse => ({ body: '(a|)', chunks: { a: body } });

/** The causes of the messages on the page, in the order of the page, by the class of the error. */
const situations: Readonly<Record<string, readonly Source[]>> = {
  ContentTypeError: [
    reading(messages, {
      ...text('<!doctype html><title>Sign in</title>'),
      headers: { 'content-type': 'text/html' },
    }),
  ],
  HttpStatusError: [
    reading(rows, {
      ...text('{"error":"quota exceeded"}'),
      status: 429,
      statusText: 'Too Many Requests',
    }),
  ],
  StreamGapError: [() => library.resumable(NEVER)('41'), () => library.durable().follow('a1')()],
  StreamLimitError: [reading((init) => rows({ ...init, maxLineLength: 10 }), text('{"id":123456789}\n'))],
  StreamNetworkError: [reading(rows, { response: '#' }), reading(rows, { body: '#' })],
  StreamOverflowError: [
    () => throwError(() => new library.StreamOverflowError({ option: 'maxBuffered', limit: 100, size: 100 })),
    () =>
      throwError(() => new library.StreamOverflowError({ option: 'stallTimeout', limit: 30_000, size: 512 })),
  ],
  StreamParseError: [
    reading(rows, text('{"id":1}\n{"id":2,}\n')),
    reading((init) => messages({ ...init, onIgnored: 'error' }), text('{"error":"overloaded"}\n')),
    reading((init) => rows({ ...init, terminal: 'notification' }), text('{"id":1}\n')),
  ],
  StreamServerError: [
    reading(
      (init) => rows({ ...init, terminal: 'notification' }),
      text('{"kind":"E","error":"Internal error"}\n'),
    ),
  ],
  StreamTimeoutError: [
    reading((init) => rows({ ...init, connectTimeout: 5_000 }), { response: '-' }),
    reading((init) => rows({ ...init, idleTimeout: 30_000 }), { body: '-' }),
  ],
  StreamTruncatedError: [
    reading(rows, text('{"id":1}\n{"id":')),
    reading(messages, text('data: half of a li')),
    reading((init) => rows(init).pipe(library.endOn((row) => row === 'done')), text('{"id":1}\n')),
    reading(messages, text(':rxjs-http-streams\n\ndata: a\n\n')),
    reading((init) => rows({ ...init, terminal: 'notification' }), text('{"kind":"N","value":1}\n')),
  ],
  StreamValidationError: [
    reading((init) => rows({ ...init, schema: z.object({ id: z.number() }) }), text('{"id":"1"}\n')),
  ],
};

describe('docs/reference/errors.md', () => {
  const classes = Object.keys(library).filter(
    (name) => /^(?!is).*Error$/.test(name) && name !== 'HttpStreamError',
  );

  it('has a section for each class of errors, in the order of the alphabet, and a situation here', () => {
    const sections = [...page.matchAll(/^## (\w+Error)$/gm)].map(([, title]) => title);
    expect(sections).toEqual([...classes].sort());
    expect(Object.keys(situations)).toEqual(sections);
  });

  it.each(Object.entries(situations))('has the messages of a %s, and no other', (name, sources) => {
    const [, line = ''] = /^- \*\*Message:\*\* (.*)$/m.exec(sectionOf(name)) ?? [];
    const errors = sources.map(errorOf) as Error[];
    expect(errors.map((error) => error.name)).toEqual(sources.map(() => name));
    expect([...line.matchAll(/`([^`]+)`/g)].map(([, message]) => message)).toEqual(
      errors.map(({ message }) => message),
    );
  });

  it.each(classes)('has the fields of %s, and no other', (name) => {
    const file = readdirSync(`${root}src/errors`).find(
      (each) => each.toLowerCase() === `${name.toLowerCase()}.ts`,
    );
    const fields = [
      ...readFileSync(`${root}src/errors/${file}`, 'utf8').matchAll(/declare readonly (\w+)\??:/g),
    ]
      .map(([, field]) => field)
      .filter((field) => field !== 'name');
    const documented = [...sectionOf(name).matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, field]) => field),
    );
    expect(documented.sort()).toEqual(fields.sort());
  });

  it('has the messages of mistakes, and no other', async () => {
    const message = (make: () => unknown): Promise<string> =>
      Promise.resolve()
        .then(make)
        .then(
          () => 'no error',
          (error: unknown) => (error as TypeError).message,
        );
    const mistakes = await Promise.all(
      [
        () => rows({ idleTimeout: '5' } as never),
        () => lastValueFrom(rows({ fetch: () => of(undefined) } as never)),
        () => new Response(library.toNdjsonBody([1, undefined])).text(),
        () => new Response(library.toSseBody([{ price: 1 }] as never)).text(),
        () => messages({ lastEventId: '\0' }),
      ].map(message),
    );
    const [, table = ''] = sectionOf('Errors of your own code').split('| message | mistake |');
    expect([...table.matchAll(/^\| `(.+?)` \|/gm)].map(([, said]) => said)).toEqual(mistakes);
  });

  it('says when a loop that is slower than its source overflows', async () => {
    const iterator = library.toAsyncIterable(concat(range(0, 101), NEVER), { maxBuffered: 100 });
    const seen: unknown[] = [];
    const failure = await (async () => {
      for await (const value of iterator) seen.push(value);
    })().catch((error: unknown) => error);
    expect((failure as Error).message).toBe(
      new library.StreamOverflowError({ option: 'maxBuffered', limit: 100, size: 100 }).message,
    );
  });
});
