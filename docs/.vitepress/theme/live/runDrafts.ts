import { map } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import type { Diagram, Mark, Track } from '../../marbles/diagram';
import { duration } from '../../marbles/duration';
import { parsed } from '../../marbles/parsed';
import { connectionTrack, serverRun } from '../../marbles/serverRun';
import type { Recorded } from '../../marbles/serverRun';
import type { Draft } from './draft';
import { specOf } from './specOf';

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
    spec: specOf(answers, recorded, name, SECONDS),
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
