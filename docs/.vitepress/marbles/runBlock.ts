import { isDeepStrictEqual } from 'node:util';
import { compileFunction } from 'node:vm';
import * as rxjs from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import * as library from '../../../src/index';
import * as bytes from '../../../src/testing/bytes';
import type { MarbleResponse } from '../../../src/testing/marbleResponse';
import type { Diagram, Mark, Track } from './diagram';
import { parseBlock } from './parseBlock';
import { parsed } from './parsed';
import type { BlockTrack } from './parseBlock';
import { connectionTrack, marksOf, serverRun } from './serverRun';
import type { Recorded } from './serverRun';

/** The name of a line that is a connection of the server. All other lines in front of the code are sources. */
const SERVER = 'server';
/** A client that reconnects for ever is watched for so long. */
const UNTIL = 120_000;
/** The longest text of a value that is written into its marble. */
const SHORT = 12;

/** The result that a block says, the result that its code has, and the diagram of the latter. */
export interface BlockRun {
  readonly diagram: Diagram;
  readonly expected: readonly Recorded[];
  readonly actual: readonly Recorded[];
}

function evaluate(code: string, scope: Readonly<Record<string, unknown>>): unknown {
  // From version 23 on, Node adds `module.exports` to the names of a CommonJS module, and aborts if it is a parameter.
  const names = Object.keys(scope).filter((name) => /^[\w$]+$/.test(name));
  const compiled = compileFunction(`return (\n${code}\n);`, names) as (...values: unknown[]) => unknown;
  return compiled(...names.map((name) => scope[name]));
}

/** Splits the entries of a line into the values of its marbles, whose names are one character, and the rest. */
function entriesOf({ entries }: BlockTrack): {
  values: Record<string, unknown>;
  rest: Record<string, unknown>;
} {
  const parts: { values: Record<string, unknown>; rest: Record<string, unknown> } = { values: {}, rest: {} };
  for (const [name, text] of Object.entries(entries)) {
    (name.length === 1 ? parts.values : parts.rest)[name] = evaluate(text, bytes);
  }
  return parts;
}

/** Writes a value on one line. */
function written(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : value instanceof Uint8Array
        ? `${value.length} bytes`
        : inspected(value);
  return text.replaceAll('\r', '␍').replaceAll('\n', '↵');
}

const inspected = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/"(\w+)":/g, ' $1: ')
    .replaceAll('"', "'")
    .replace(/(?<=\S)\}/g, ' }');

/** An error is the same if it has the members that the block names, if any. */
function sameError(actual: unknown, expected: unknown): boolean {
  return Object.entries(expected as object).every(([key, value]) =>
    isDeepStrictEqual((actual as Record<string, unknown>)[key], value),
  );
}

/** Tells whether a run gave what its block says. */
export function agrees({ expected, actual }: BlockRun): boolean {
  return (
    expected.length === actual.length &&
    actual.every((one, index) => {
      const other = expected[index];
      if (one.kind === 'E' && other?.kind === 'E') {
        return one.frame === other.frame && sameError(one.error, other.error);
      }
      return isDeepStrictEqual({ ...one }, { ...other });
    })
  );
}

function recordedOf(marbles: string, { '#': error, ...values }: Record<string, unknown>): Recorded[] {
  return parsed(marbles, values, error ?? {}).map(({ frame, notification }) => {
    if (notification.kind === 'N') return { frame, kind: 'N', value: notification.value };
    return notification.kind === 'E'
      ? { frame, kind: 'E', error: notification.error as unknown }
      : { frame, kind: 'C' };
  });
}

/**
 * Runs the code of a block `marbles` against its sources and its server, in virtual time. The diagram shows the run and
 * not the text of the block, so that it cannot show what the library does not do.
 */
export function runBlock(text: string): BlockRun {
  const { title, inputs, code, result } = parseBlock(text);
  const lines = inputs.map((track) => ({ ...track, ...entriesOf(track) }));
  const answers = lines
    .filter(({ name }) => name === SERVER)
    .map(({ marbles, values, rest }): MarbleResponse => ({
      body: marbles,
      chunks: values as Record<string, string>,
      ...rest,
    }));
  const sources = lines.filter(({ name }) => name !== SERVER);
  const { requests, recorded } = serverRun({
    answers,
    sources,
    until: UNTIL,
    observe: (fetch, named) => {
      const value = evaluate(code.join('\n'), { ...rxjs, ...library, ...bytes, ...named, fetch });
      const [first] = Object.values(named);
      // Code that is an operator stands behind the first source.
      return typeof value === 'function' && first
        ? first.pipe(value as OperatorFunction<unknown, unknown>)
        : (value as Observable<unknown>);
    },
  });

  const legend: { track: string; marble: string; value: string }[] = [];
  const textIn =
    (track: string, values: Readonly<Record<string, unknown>>) =>
    (marble: string): string => {
      const value = written(values[marble] ?? marble);
      if (value.length <= SHORT && !value.includes('↵')) return value;
      if (!legend.some((entry) => entry.track === track && entry.marble === marble)) {
        legend.push({ track, marble, value });
      }
      return marble;
    };
  let connection = 0;
  const tracks = lines.flatMap(({ name, marbles, values }): Track[] => {
    if (name !== SERVER) return [{ name, start: 0, marks: marksOf(marbles, 0, textIn(name, values)) }];
    const request = requests[connection];
    const answer = answers[connection];
    connection++;
    const shown = answers.length > 1 ? `${SERVER} ${connection}` : SERVER;
    // A connection that the client never opens is an error of the block.
    if (request === undefined || answer === undefined)
      throw new Error(`the client does not open connection ${connection}`);
    return [connectionTrack(shown, answer, request, UNTIL, textIn(shown, values))];
  });

  const entries = entriesOf(result);
  const letters = Object.entries(entries.values);
  const marks = recorded.map((one): Mark => {
    if (one.kind === 'C') return { frame: one.frame, kind: 'complete', text: '' };
    if (one.kind === 'E') return { frame: one.frame, kind: 'error', text: '' };
    const [letter] = letters.find(([, value]) => isDeepStrictEqual(value, one.value)) ?? [];
    const shown = textIn(result.name, entries.values);
    return {
      frame: one.frame,
      kind: 'value',
      text: letter === undefined ? written(one.value) : shown(letter),
    };
  });
  const failure = recorded.at(-1);
  if (failure?.kind === 'E') {
    legend.push({ track: result.name, marble: '×', value: (failure.error as Error).name });
  }
  const aborted = tracks.some(({ marks: all }) => all.at(-1)?.kind === 'abort');
  if (aborted) legend.push({ track: '', marble: '◇', value: 'aborted by the client' });
  return {
    diagram: { title, inputs: tracks, code, outputs: [{ name: result.name, start: 0, marks }], legend },
    expected: recordedOf(result.marbles, entries.values),
    actual: recorded,
  };
}
