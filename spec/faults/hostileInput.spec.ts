import { from } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { parseNdjson, parseSse, splitJson, splitLines } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';

const SIZE = 16 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** A hostile text may take this many times as long as a harmless one of the same size. */
const FACTOR = 5;

type Read = OperatorFunction<string, unknown>;

/** A text of the size that is asked for: a beginning, a piece as often as it fits, and an end. */
const filled = (piece: string, begin = '', end = ''): string =>
  begin + piece.repeat(Math.ceil((SIZE - begin.length - end.length) / piece.length)) + end;

/** Processor time of reading a text in chunks to its end, in milliseconds: as a whole, and the worst chunk. */
interface Cost {
  readonly all: number;
  readonly worst: number;
}

/** Reads a text in chunks to its end, error or not, and measures it. */
function cost(text: string, read: Read): Cost {
  let worst = 0;
  let since = process.cpuUsage();
  const lap = (): void => {
    const { user, system } = process.cpuUsage(since);
    worst = Math.max(worst, (user + system) / 1_000);
    since = process.cpuUsage();
  };
  const begun = process.cpuUsage();
  const chunks = function* (): Generator<string> {
    for (let at = 0; at < text.length; at += CHUNK) {
      yield text.slice(at, at + CHUNK);
      lap();
    }
  };
  from(chunks()).pipe(read).subscribe({ error: lap, complete: lap });
  const { user, system } = process.cpuUsage(begun);
  return { all: (user + system) / 1_000, worst };
}

const row = `{"id":12345,"name":"a name","tags":["a","b"],"text":"${'lorem ipsum '.repeat(4)}"}`;
const notified = `{"kind":"N","value":${row}}\n`;
const nested = (depth: number): string => `${'['.repeat(depth)}"x"${']'.repeat(depth)}`;
const wide = `[${nested(400)}${`,${nested(400)}`.repeat(1_250)}]`;

interface Case {
  readonly name: string;
  readonly read: () => Read;
  /** Values of the usual length, as short ones as there are, and one that takes all of the text. */
  readonly harmless: readonly string[];
  readonly hostile: readonly (readonly [name: string, text: string])[];
}

const long = (begin: string, end: string): string => filled('lorem ipsum ', begin, end);
const brackets: readonly (readonly [string, string])[] = [
  ['opening brackets', filled('[')],
  ['closing brackets', filled(']')],
  ['deep objects', filled('{"a":')],
  ['quotes', filled('"')],
  ['backslashes in a string', filled('\\', '"')],
  ['white space', filled(' ')],
  ['byte order marks', filled('\ufeff')],
];

const cases: readonly Case[] = [
  {
    name: 'parseNdjson()',
    read: () => parseNdjson(),
    harmless: [filled(`${row}\n`), filled('1\n'), long('"', '"\n')],
    hostile: [...brackets, ['blank lines', filled('\n')], ['deep rows', filled(`${wide}\n`)]],
  },
  {
    name: "parseNdjson({ terminal: 'notification' })",
    read: () => parseNdjson({ terminal: 'notification' }),
    harmless: [filled(notified), filled('{"kind":"N","value":1}\n'), long('{"kind":"N","value":"', '"}\n')],
    hostile: [
      ...brackets,
      ['blank lines', filled('\n')],
      ['a reason of nested arrays', `{"kind":"E","error":${wide}}\n`],
      ['a reason of many nested arrays', filled(`,${wide}`, `{"kind":"E","error":[${wide}`, ']}\n')],
      ['a reason of an object', filled('"a":1,', '{"kind":"E","error":{', '"toString":1}}\n')],
      ['a long reason', long('{"kind":"E","error":"', '"}\n')],
      ['a value of braces', filled('}', '{"kind":"N","value":', 'x\n')],
      ['a value of braces and spaces', filled('} ', '{"kind":"N","value":', 'x\n')],
      ['spaces before its kind', filled(' ', '{', '"kind":"C"}\n')],
      ['spaces within it', filled(' ', '{"kind"', ':"C"}\n')],
    ],
  },
  {
    name: 'splitJson()',
    read: () => splitJson(),
    harmless: [filled(`${row}\n`), long('"', '"')],
    hostile: [
      ...brackets,
      ['a long number', filled('1')],
      ['records', filled('\x1e')],
      ['deep values', filled(wide)],
    ],
  },
  {
    name: 'splitJson({ elements: true })',
    read: () => splitJson({ elements: true }),
    harmless: [filled(`${row},`, '[', '1]'), long('["', '"]')],
    hostile: [
      ['opening brackets', filled('[', '[')],
      ['short elements', filled('1,', '[', '1]')],
      ['empty elements', filled('{},', '[', '1]')],
      ['white space', filled(' ', '[')],
      ['a string of backslashes', filled('\\', '["')],
    ],
  },
  {
    name: 'splitLines()',
    read: () => splitLines(),
    harmless: [filled(`${row}\n`), long('', '\n')],
    hostile: [
      ['carriage returns', filled('\r')],
      ['blank lines', filled('\r\n')],
    ],
  },
  {
    name: 'parseSse()',
    read: () => parseSse(),
    harmless: [filled(`data: ${row}\n\n`), filled('data: a\n\n'), long('data: ', '\n\n')],
    hostile: [
      ['carriage returns', filled('\r')],
      ['line feeds', filled('\n')],
      ['colons', filled(':')],
      ['comments', filled(':\n')],
      ['fields without a value', filled('data\n')],
      ['a reconnection time', filled('9', 'retry: ', '\n\n')],
      ['a long name of a field', filled('x', '', ': x\n\n')],
    ],
  },
];

function expectProportionate(read: () => Read, harmless: readonly string[], hostile: string): void {
  // The engine compiles what it runs often: what is compared has been.
  for (const text of harmless) cost(text, read());
  const measured = (): { readonly taken: Cost; readonly most: Cost } => {
    const base = harmless.map((text) => cost(text, read()));
    const all = Math.max(...base.map(({ all }) => all));
    const worst = Math.max(...base.map(({ worst }) => worst));
    // The least are what a collection of garbage takes, and 30 ns a character: what a busy machine needs for a line.
    const most = { worst: FACTOR * Math.max(worst, 50), all: FACTOR * Math.max(all, 500) };
    return { taken: cost(hostile, read()), most };
  };
  const isTooMuch = ({ taken, most }: ReturnType<typeof measured>): boolean =>
    taken.worst >= most.worst || taken.all >= most.all;
  // Processor time is not of the text alone: on a machine that does other things the same text takes twice as long
  // for a while, so both texts are read again. What is not in proportion is so every time.
  let compared = measured();
  for (let again = 0; again < 2 && isTooMuch(compared); again++) compared = measured();
  expect(compared.taken.worst).toBeLessThan(compared.most.worst);
  expect(compared.taken.all).toBeLessThan(compared.most.all);
}

describe.each(cases)('$name takes time in proportion to the text', ({ read, harmless, hostile }) => {
  it.each(hostile)('(%s)', (_, text) => {
    expectProportionate(read, harmless, text);
  });
});
