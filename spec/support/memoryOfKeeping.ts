/**
 * A process of its own that reads many long chunks by a case's name, and says how many values it keeps of them, and
 * by how many bytes the heap grew that they hold: engines keep a whole text in memory for a slice of it.
 */
import { Subject, filter, from, map } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import { parseNdjson, parseSse, splitLines } from 'rxjs-http-streams';
import type { StreamParseError, StreamTruncatedError } from 'rxjs-http-streams';

const CHUNK = 64 * 1024;
const encoder = new TextEncoder();

/** Thirteen characters: shorter texts are copied by V8 itself. */
const short = (index: number): string => String(1e12 + index);

/** A chunk of 64 KiB with a text somewhere, and a filling around. */
function around(text: string, filling: string, before: number): string {
  const fill = (length: number): string => filling.repeat(Math.floor(length / filling.length));
  return fill(before) + text + fill(CHUNK - before - text.length);
}

function* chunks(text: (index: number) => string, count: number): Generator<string> {
  for (let index = 0; index < count; index++) yield text(index);
}

function* bytes(text: (index: number) => string, count: number): Generator<Uint8Array> {
  for (const chunk of chunks(text, count)) yield encoder.encode(chunk);
}

/** The state of a stream with its operator, still under way after these chunks. */
function during<In>(operator: OperatorFunction<In, unknown>, each: Iterable<In>): Subject<In> {
  const source = new Subject<In>();
  source.pipe(operator).subscribe();
  for (const chunk of each) source.next(chunk);
  return source;
}

/** The values that are kept of a source. */
function all(source: Observable<unknown>): unknown[] {
  const values: unknown[] = [];
  source.subscribe((value) => values.push(value));
  return values;
}

/**
 * Returns the parts of errors that quote the text, and not the errors: V8 keeps the text with their causes, and the
 * source with their stacks.
 */
const errorsOf = (create: () => Observable<unknown>): unknown[] =>
  Array.from({ length: 50 }, () => {
    const said: unknown[] = [];
    create().subscribe({
      error: (error: unknown) => {
        const { message, excerpt, pending } = error as StreamParseError & StreamTruncatedError;
        said.push(message, excerpt, pending);
      },
    });
    return said;
  });

const LINE = `: ${'c'.repeat(40)}\n`;
const LONG_LINE = `: ${'c'.repeat(20_000)}\n`;
const message = (index: number): string => `data: ${short(index)}\n\n`;
const dataLine = (index: number): string => `data: ${short(index)}\n`;
const MESSAGES = 'data: 1234567890123456\n\n';
const isShort = (text: unknown): boolean => (text as string).length === 13;
const drop = { onIncomplete: 'drop' } as const;
const kept = (each: Iterable<Uint8Array | string>): unknown[] =>
  all(
    from(each).pipe(
      parseSse(drop),
      filter(({ data }) => isShort(data)),
    ),
  );
const limited = { maxMessageLength: 65_536 };

const cases: Readonly<Record<string, () => unknown>> = {
  'an unfinished message, bytes': () =>
    during(
      parseSse(limited),
      bytes((index) => around(dataLine(index), LINE, 30_000), 1_000),
    ),
  'an unfinished message, text': () =>
    during(
      parseSse(limited),
      chunks((index) => around(dataLine(index), LINE, 30_000), 1_000),
    ),
  'an unfinished message between long comments': () =>
    during(
      parseSse(limited),
      bytes((index) => around(dataLine(index), LONG_LINE, 30_000), 1_000),
    ),
  'an unfinished message, lines that CR ends': () =>
    during(
      parseSse(limited),
      bytes((index) => around(dataLine(index), LINE, 30_000).replaceAll('\n', '\r'), 1_000),
    ),
  'unfinished lines of many streams': () =>
    Array.from({ length: 500 }, (_, index) =>
      during(parseSse(), [
        encoder.encode(
          `${LINE.repeat(1_500)}id: ${short(index)}\nevent: ${short(index)}\ndata: ${short(index)}`,
        ),
      ]),
    ),
  'ids and types of many streams': () =>
    Array.from({ length: 500 }, (_, index) =>
      during(parseSse(), [
        encoder.encode(`id: ${short(index)}\n\nevent: ${short(index)}\n${LINE.repeat(1_500)}`),
      ]),
    ),
  'messages between comments, bytes': () =>
    kept(bytes((index) => around(message(index), LINE, 30_000), 1_000)),
  'messages between comments, text': () =>
    kept(chunks((index) => around(message(index), LINE, 30_000), 1_000)),
  'messages before comments': () => kept(bytes((index) => around(message(index), LINE, 0), 1_000)),
  'messages after the end of a long comment': () =>
    kept(bytes((index) => `${'c'.repeat(64_000)}\n${message(index)}:`, 1_000)),
  'messages between long comments': () =>
    kept(bytes((index) => around(message(index), LONG_LINE, 30_000), 1_000)),
  'messages that CR ends': () =>
    kept(bytes((index) => around(message(index), LINE, 30_000).replaceAll('\n', '\r'), 1_000)),
  'messages with an id after their data': () =>
    kept(bytes((index) => around(`data: ${short(index)}\nid: ${short(index)}\n\n`, LINE, 30_000), 1_000)),
  'one message of many': () => kept(bytes((index) => around(message(index), MESSAGES, 30_000), 1_000)),
  'lines of which one is kept': () =>
    all(
      from(chunks((index) => around(`${short(index)}\n`, 'x\n', 30_000), 1_000)).pipe(
        splitLines(),
        filter(isShort),
      ),
    ),
  'lines between long ones': () =>
    all(
      from(chunks((index) => around(`${short(index)}\n`, `${'x'.repeat(20_000)}\n`, 30_000), 1_000)).pipe(
        splitLines(),
        filter(isShort),
      ),
    ),
  'unfinished lines': () =>
    Array.from({ length: 500 }, (_, index) =>
      during(splitLines(), [`${'x\n'.repeat(30_000)}${short(index)}`]),
    ),
  'unfinished rows': () =>
    Array.from({ length: 500 }, (_, index) =>
      during(parseNdjson(), [`${'[]\n'.repeat(20_000)}["${short(index)}`]),
    ),
  'texts of rows': () =>
    all(
      from(chunks((index) => `["${short(index)}"]\n${'[1]\n'.repeat(15_000)}`, 1_000)).pipe(
        parseNdjson<[string | number]>(),
        map(([text]) => text),
        filter((text) => typeof text === 'string'),
      ),
    ),
  'errors of lines that are not JSON': () =>
    errorsOf(() => from([`${'x'.repeat(1024 * 1024)}\n`]).pipe(parseNdjson())),
  'errors of lines that are not fields': () =>
    errorsOf(() => from([`${'x'.repeat(1024 * 1024)}\n`]).pipe(parseSse({ onIgnored: 'error' }))),
  'errors of streams that were cut': () =>
    errorsOf(() => from([`:${'x'.repeat(1024 * 1024)}\ndata: ${short(1)}`]).pipe(parseSse())),
};

const held = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** Here, so that it is let go of only before the next case. */
const keeper: { kept: unknown } = { kept: undefined };

const results: Record<string, number> = {};
for (const [name, run] of Object.entries(cases)) {
  keeper.kept = undefined;
  const before = held();
  keeper.kept = run();
  results[name] = held() - before;
}
process.stdout.write(JSON.stringify(results));
