import type { Ending, StreamEvent } from './watch';

/** The state of a stream, for its pane. */
export interface Report {
  readonly title: string;
  readonly about: string;
  /** Connecting, open, how it ended. */
  readonly state: string;
  /** The end of its text. */
  readonly text: string;
  readonly values: number;
  readonly reconnects: number;
  readonly ending?: Ending;
}

const KEPT = 4_000;

export const newReport = (title = '', about = ''): Report => ({
  title,
  about,
  state: '',
  text: '',
  values: 0,
  reconnects: 0,
});

/** The next report, for `scan`. */
export function update(report: Report, event: StreamEvent): Report {
  const state = stateOf(event) ?? report.state;
  switch (event.type) {
    case 'value':
      return { ...report, values: report.values + 1, text: (report.text + event.value).slice(-KEPT) };
    case 'connecting':
      return { ...report, state, reconnects: event.attempt - 1 };
    case 'reconnecting':
      return { ...report, state, text: `${report.text}✂ ` };
    case 'ended':
      return { ...report, state, ending: event.how };
    default:
      return { ...report, state };
  }
}

/** Words for the state that an event announces; undefined for values and progress. */
export function stateOf(event: StreamEvent): string | undefined {
  switch (event.type) {
    case 'connecting':
      return 'connecting';
    case 'open':
      return 'open';
    case 'reconnecting':
      return event.delay === undefined
        ? 'reconnecting'
        : `reconnecting in ${(event.delay / 1_000).toFixed(1)} s`;
    case 'ended':
      return event.error === undefined ? event.how : `${event.how}: ${reasonOf(event.error)}`;
    default:
      return undefined;
  }
}

/** One line that says how it went. */
export const summary = ({ values, reconnects, state }: Report): string =>
  [count(values, 'value'), count(reconnects, 'reconnect'), state].join('  ');

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The message of an error and of what caused it, which is where `fetch` says what happened; on one line. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = (error.message || error.name).replace(/\s+/g, ' ');
  return error.cause === undefined ? message : `${message} (${reasonOf(error.cause)})`;
}
