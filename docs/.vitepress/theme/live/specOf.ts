import type { MarbleResponse } from 'rxjs-http-streams/testing';
import type { Recorded } from '../../marbles/serverRun';

/** Names of values that are not one letter: capitals, then other Latin letters, as many as six bodies have values. */
const NAMES = [
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  ...Array.from({ length: 336 }, (_, n) => String.fromCodePoint(0x100 + n)),
];

/** Writes what was recorded as marbles, with the values that are no single letter under names of their own. */
function marblesOf(recorded: readonly Recorded[]): {
  marbles: string;
  values: Record<string, string>;
} {
  const values: Record<string, string> = {};
  const keyOf = (data: string): string => {
    const known = Object.keys(values).find((key) => values[key] === data);
    const free = NAMES.find((key) => !(key in values)) ?? '?';
    const key = known ?? (/^[a-z]$/.test(data) ? data : free);
    values[key] = data;
    return key;
  };
  const groups = new Map<number, string[]>();
  for (const one of recorded) {
    const mark = one.kind === 'N' ? keyOf(String(one.value)) : one.kind === 'C' ? '|' : '#';
    groups.set(one.frame, [...(groups.get(one.frame) ?? []), mark]);
  }
  let marbles = '';
  let now = 0;
  for (const [frame, marks] of groups) {
    const gap = frame - now;
    marbles += gap > 5 ? `${marbles ? ' ' : ''}${gap}ms ` : '-'.repeat(gap);
    const group = marks.length > 1 ? `(${marks.join('')})` : marks.join('');
    marbles += group;
    now = frame + group.length;
  }
  const plain = Object.entries(values).every(([key, data]) => key === data);
  return { marbles: marbles || '-', values: plain ? {} : values };
}

/** Writes a text as an expression of JavaScript, in the quotes that a formatter would choose. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `'${inner.replaceAll("'", "\\'")}'`;
}

const written = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${/^[a-zA-Z_$][\w$]*$/.test(key) ? key : quoted(key)}: ${written(member)}`,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
};

/**
 * Writes a spec that expects what was recorded.
 *
 * @param failure - The name of the error that ended the run.
 * @param seconds - The virtual time for which the run was observed.
 */
export function specOf(
  answers: readonly MarbleResponse[],
  recorded: readonly Recorded[],
  failure: string | undefined,
  seconds: number,
): string {
  const { marbles, values } = marblesOf(recorded);
  const expected = [
    quoted(marbles),
    ...(failure || Object.keys(values).length > 0
      ? [Object.keys(values).length > 0 ? written(values) : 'undefined']
      : []),
    ...(failure ? [`expect.objectContaining({ name: '${failure}' })`] : []),
  ];
  return [
    "import { map } from 'rxjs';",
    "import { TestScheduler } from 'rxjs/testing';",
    "import { fromEventSource } from 'rxjs-http-streams';",
    "import { marbleFetch } from 'rxjs-http-streams/testing';",
    "import { expect, it } from 'vitest'; // in Jest from '@jest/globals', in Jasmine without an import",
    '',
    "it('reads the feed', () => {",
    '  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));',
    '  scheduler.run(({ cold, expectObservable }) => {',
    '    const server = marbleFetch(cold, [',
    ...answers.map((answer) => `      ${written(answer)},`),
    '    ]);',
    "    const data$ = fromEventSource('/feed', { fetch: server.fetch, reconnect: { jitter: 0 } }).pipe(",
    '      map(({ data }) => data),',
    '    );',
    `    expectObservable(data$, '${seconds}s !').toBe(${expected.join(', ')});`,
    '  });',
    '});',
  ].join('\n');
}
