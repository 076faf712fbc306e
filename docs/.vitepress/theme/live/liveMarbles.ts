import { map } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import type { Diagram, Mark, Track } from '../../marbles/diagram';
import { duration } from '../../marbles/duration';
import { parsed } from '../../marbles/parsed';
import { connectionTrack, serverRun } from '../../marbles/serverRun';
import type { Recorded } from '../../marbles/serverRun';

/** The kinds of answers that a visitor can choose. */
export const ANSWERS = {
  stream: '200, and a body',
  stop: '204, the end of the feed',
  refused: '401, no access',
  down: '503, Retry-After: 5',
  failed: 'no connection',
} as const;

/** A connection of the server as a visitor describes it. */
export interface Draft {
  answer: keyof typeof ANSWERS;
  /** The marbles of the body, which only `stream` has. */
  body: string;
}

/** The result of a run. */
export interface LiveRun {
  readonly diagram: Diagram;
  /** The result in words. */
  readonly words: string;
  /** The connections that the client never opens, counted from 1. */
  readonly unopened: readonly number[];
  /** The text of a spec that expects this result. */
  readonly spec: string;
}

const SECONDS = 60;
const UNTIL = SECONDS * 1_000;
const LONGEST = 120;

/** Names the mistake in the marbles of a body, or returns `undefined` if there is none. */
export function complaintAbout(body: string): string | undefined {
  if (body.length > LONGEST) return `at most ${LONGEST} characters, these are ${body.length}`;
  let open = false;
  let ended: string | undefined;
  for (const character of body) {
    if (character === '^' || character === '!') {
      return `'${character}' belongs to a subscription, and a body has none`;
    }
    if (ended && !/[\s)-]/.test(character))
      return `nothing can follow '${ended}', the end of the body, but '${character}' does`;
    if (character === '(') {
      if (open) return "a '(' within another '('";
      open = true;
    } else if (character === ')') {
      if (!open) return "a ')' without its '('";
      open = false;
    } else if (open && character === '-') {
      return "'-' within a group: all marbles between '(' and ')' have the same time";
    } else if (character === '|' || character === '#') {
      ended = character;
    }
  }
  if (open) return "a '(' without its ')'";
  try {
    parsed(body);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Returns the text that a marble of the visitor stands for. */
function chunkOf(marble: string): string {
  const id = marble.toLowerCase();
  if (id === marble.toUpperCase()) return `: ${marble}\n\n`;
  return id === marble ? `id: ${id}\ndata: ${id}\n\n` : `id: ${id}\ndata: ${id}`;
}

function answerOf({ answer, body }: Draft): MarbleResponse {
  switch (answer) {
    case 'stop':
      return { status: 204 };
    case 'refused':
      return { status: 401, body: '|' };
    case 'down':
      return { status: 503, headers: { 'retry-after': '5' }, body: '|' };
    case 'failed':
      return { response: '#' };
    case 'stream': {
      const marbles = parsed(body).flatMap(({ notification }) =>
        notification.kind === 'N' ? [String(notification.value)] : [],
      );
      return { body, chunks: Object.fromEntries(marbles.map((marble) => [marble, chunkOf(marble)])) };
    }
  }
}

function markOf(one: Recorded): Mark {
  if (one.kind === 'N') return { frame: one.frame, kind: 'value', text: String(one.value).slice(0, 16) };
  return { frame: one.frame, kind: one.kind === 'C' ? 'complete' : 'error', text: '' };
}

function trackOfUnanswered(name: string, frame: number, lastEventId: string | null): Track {
  const note = ['no answer', lastEventId ? `Last-Event-ID: ${lastEventId}` : ''].filter(Boolean).join(', ');
  return { name, start: frame, marks: [], note };
}

/** Runs `fromEventSource` against the connections of the visitor, in virtual time. */
export function runDrafts(drafts: readonly Draft[]): LiveRun {
  const answers = drafts.map(answerOf);
  const { requests, recorded } = serverRun({
    answers,
    until: UNTIL,
    observe: (fetch) =>
      fromEventSource('/feed', { fetch, reconnect: { jitter: 0 } }).pipe(map(({ data }) => data)),
  });
  const inputs = requests.map((request, index): Track => {
    const name = `server ${index + 1}`;
    const answer = answers[index];
    return answer === undefined
      ? trackOfUnanswered(name, request.frame, request.headers.get('last-event-id'))
      : connectionTrack(name, answer, request, UNTIL, (marble) => marble);
  });
  const failure = recorded.find(({ kind }) => kind === 'E');
  const name = failure?.kind === 'E' ? (failure.error as Error).name : undefined;
  const diagram: Diagram = {
    title: 'The connections of the server, and what the client gets',
    inputs,
    code: [
      "fromEventSource('/feed', { fetch, reconnect: { jitter: 0 } })",
      '  .pipe(map(({ data }) => data))',
    ],
    outputs: [{ name: 'result', start: 0, marks: recorded.map(markOf) }],
    legend: name === undefined ? [] : [{ track: 'result', marble: '×', value: name }],
  };
  return {
    diagram,
    words: wordsOf(recorded, requests.length, name),
    unopened: drafts.map((_, index) => index + 1).filter((number) => number > requests.length),
    spec: specOf(answers, recorded, name),
  };
}

function wordsOf(recorded: readonly Recorded[], requests: number, failure: string | undefined): string {
  const values = recorded.flatMap((one) =>
    one.kind === 'N' ? [`${String(one.value)} at ${duration(one.frame)}`] : [],
  );
  const last = recorded.at(-1);
  const end =
    last === undefined || last.kind === 'N'
      ? `The stream goes on after ${SECONDS} s.`
      : `The stream ${failure ? `errors with ${failure}` : 'completes'} at ${duration(last.frame)}.`;
  return `${requests} ${requests === 1 ? 'request' : 'requests'}. ${values.length > 0 ? `Messages: ${values.join(', ')}.` : 'No message.'} ${end}`;
}

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

function specOf(
  answers: readonly MarbleResponse[],
  recorded: readonly Recorded[],
  failure: string | undefined,
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
    `    expectObservable(data$, '${SECONDS}s !').toBe(${expected.join(', ')});`,
    '  });',
    '});',
  ].join('\n');
}

/** Starting points of the page. */
export const EXAMPLES: Readonly<Record<string, readonly Draft[]>> = {
  'A cut, and the message after it': [
    { answer: 'stream', body: '-a-b-#' },
    { answer: 'stream', body: '-c-d' },
  ],
  'A message that is cut in half': [
    { answer: 'stream', body: '-a-B#' },
    { answer: 'stream', body: 'b-c' },
  ],
  'A server that is down': [
    { answer: 'stream', body: '-a#' },
    { answer: 'failed', body: '' },
    { answer: 'down', body: '' },
    { answer: 'stream', body: 'b-c' },
  ],
  'A clean end, and the end of the feed': [
    { answer: 'stream', body: '-a-(bc)|' },
    { answer: 'stop', body: '' },
  ],
  'A token that has expired': [
    { answer: 'stream', body: '-a-b-#' },
    { answer: 'refused', body: '' },
  ],
};
