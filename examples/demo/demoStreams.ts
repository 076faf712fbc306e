import { NEVER, concat, mergeMap, of, takeWhile, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';
import { fromTicks } from '../s1-ticks/fromTicks';
import { cut } from '../s3-numbers/cut';
import type { NumberedNumber } from '../s3-numbers/numbers';
import { fromChat } from './fromChat';
import { show } from './watch';
import type { Ending } from './watch';

/** One stream of the demo. */
export interface DemoStream {
  readonly title: string;
  readonly about: string;
  readonly event$: Observable<LifecycleEvent<string>>;
  /** Emits when the demo has seen enough of the stream. */
  readonly stop$: Observable<unknown>;
  /** The end that the stream has to have. */
  readonly ending: Ending;
}

/** Origins of the servers. */
export type Origins = Record<'ticks' | 'clock' | 'numbers' | 'chat' | 'text', string>;

export const demoStreams = (origins: Origins): DemoStream[] => [
  {
    title: 'ticks',
    about: 'POST answered with NDJSON, endless',
    event$: fromTicks(origins.ticks, 'hi').pipe(show(({ data }) => `${data.time}  ${data.message}\n`)),
    stop$: timer(9_000),
    ending: 'stopped by you',
  },
  {
    title: 'clock',
    about: 'Server-Sent Events, endless',
    event$: fromEventSource(origins.clock, { observe: 'lifecycle' }).pipe(show(({ data }) => `${data}\n`)),
    stop$: timer(9_000),
    ending: 'stopped by you',
  },
  {
    title: 'numbers',
    about: 'Server-Sent Events with ids, cut half-way',
    event$: fromEventSource(`${origins.numbers}/numbers`, {
      observe: 'lifecycle',
      reconnect: { delay: 1_000 },
    }).pipe(
      mergeMap((event) =>
        event.type === 'value' && event.value.id === '9'
          ? concat(of(event), cut(origins.numbers))
          : of(event),
      ),
      takeWhile((event) => event.type !== 'value' || event.value.id !== '20', true),
      show(({ id, data }) => `#${id}:${(JSON.parse(data) as NumberedNumber).number}  `),
    ),
    stop$: NEVER,
    ending: 'completed',
  },
  {
    title: 'chat',
    about: 'chat completion over POST, stopped half-way',
    event$: fromChat(
      { baseUrl: `${origins.chat}/v1`, apiKey: 'demo', model: 'demo' },
      'What is an Observable over HTTP?',
    ),
    stop$: timer(6_000),
    ending: 'stopped by you',
  },
  {
    title: 'text',
    about: 'chunked text from an async generator',
    event$: fromChunkedFetch(origins.text, { observe: 'lifecycle' }),
    stop$: NEVER,
    ending: 'completed',
  },
];
