import fc from 'fast-check';

/** Some text of a body, and how long after what came before it. */
export interface Piece {
  readonly after: number;
  readonly text: string;
}

/** The answer of a server of events to one request. Times are in milliseconds, each counted from the step before. */
export type Answer =
  | { readonly kind: 'silence' }
  | { readonly kind: 'failure'; readonly after: number }
  | { readonly kind: 'page'; readonly after: number }
  | {
      readonly kind: 'status';
      readonly after: number;
      readonly status: number;
      readonly retryAfter: RetryAfter | undefined;
      /** Time that the body with the reason takes: `Infinity` if it never ends, unset if there is none. */
      readonly reasonTakes: number | undefined;
    }
  | {
      readonly kind: 'stream';
      readonly after: number;
      readonly pieces: readonly Piece[];
      readonly end: 'clean' | 'cut' | 'none';
      readonly endAfter: number;
      /** Whether each byte is a chunk of its own. */
      readonly inBytes: boolean;
    };

/** A `Retry-After`, so many milliseconds from the response, as one of the two forms that it has. */
export interface RetryAfter {
  readonly ms: number;
  readonly form: 'seconds' | 'date';
}

/** A subscription to a stream of events, from its first request until it is left. */
export interface ConnectionScript {
  readonly method: 'GET' | 'POST';
  readonly lastEventId: string;
  readonly idleTimeout: number | undefined;
  readonly count: number | undefined;
  readonly maxDelay: number | undefined;
  /** In the order of the requests; one more is never answered. */
  readonly answers: readonly Answer[];
  /** Time of the unsubscribe. */
  readonly leaveAt: number;
  /** In which value it is unsubscribed, counted from 1, if that is earlier. */
  readonly leaveInside: number | undefined;
  /** Numbers that `Math.random` returns, in a cycle. */
  readonly jitter: readonly number[];
  /** Whether its life is observed. */
  readonly watched: boolean;
}

/** A `#` is a number of its own wherever it stands: no two messages are the same. */
const words: readonly fc.WeightedArbitrary<string>[] = [
  {
    weight: 5,
    arbitrary: fc.constantFrom('id: #\ndata: #\n\n', 'event: tick\r\nid: é-漢-#\r\ndata: #\r\n\r\n'),
  },
  { weight: 3, arbitrary: fc.constantFrom('data: #\n\n', 'data: #\r\r', 'id\ndata: #\n\n') },
  { weight: 3, arbitrary: fc.constantFrom('id: #\n\n', 'id:\n\n', 'id: #\0\n\n') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('retry: 500\n', 'retry: 0\n\n', 'retry: 7000\n', 'retry: 99999999999\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom('retry: -5\n', 'retry: 5\0\n', ': #\n\n', '\ufeff') },
  // What is not whole.
  { weight: 3, arbitrary: fc.constantFrom('id: #\n', 'data: #\n', 'da', '\n', '\r') },
  // What a stream of our own says of its end, and nobody else means by it.
  { weight: 1, arbitrary: fc.constantFrom(':rxjs-http-streams end\n\n', ':rxjs-http-streams error #\n\n') },
];

const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Not yet, and just long enough for a connection without a message to be a healthy one. */
const healthy = fc.constantFrom(4_999, 5_000);

const lapse = fc.oneof(
  { weight: 5, arbitrary: fc.nat(40) },
  { weight: 2, arbitrary: fc.nat(2_500) },
  { weight: 1, arbitrary: healthy },
);

const announcement = fc.record({ after: lapse, text: fc.constant(':rxjs-http-streams\n\n') });

const pieces: fc.Arbitrary<readonly Piece[]> = fc
  .tuple(
    rarely(announcement),
    fc.array(fc.record({ after: lapse, text: fc.oneof(...words) }), { maxLength: 8, size: 'max' }),
  )
  .map(([first, rest]) => (first ? [first, ...rest] : rest));

const retryAfter: fc.Arbitrary<RetryAfter> = fc.record({
  ms: fc.nat(45).map((seconds) => seconds * 1_000),
  form: fc.constantFrom('seconds', 'date'),
});

const answer: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('stream'),
      after: lapse,
      pieces,
      end: fc.constantFrom('clean', 'cut', 'clean', 'cut', 'none'),
      endAfter: lapse,
      inBytes: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      after: lapse,
      // The last two are for good.
      status: fc.constantFrom(429, 429, 503, 529, 500, 401, 204),
      retryAfter: rarely(retryAfter),
      reasonTakes: rarely(fc.oneof(lapse, fc.constant(Infinity))),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('stream'),
      after: lapse,
      pieces: fc.constant([]),
      end: fc.constantFrom('clean', 'cut'),
      endAfter: healthy,
      inBytes: fc.constant(false),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('failure'), after: lapse }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('page'), after: lapse }) },
);

function numbered(answers: readonly Answer[]): Answer[] {
  let number = 0;
  const withNumber = ({ after, text }: Piece): Piece => {
    number++;
    return { after, text: text.replaceAll('#', String(number)) };
  };
  return answers.map((each) =>
    each.kind === 'stream' ? { ...each, pieces: each.pieces.map(withNumber) } : each,
  );
}

/**
 * Anything that may happen to a stream of events. No two things happen at once that would have to be told apart: what
 * comes does so at whole milliseconds, silence is up and the subscription left in between.
 */
export const connectionScript: fc.Arbitrary<ConnectionScript> = fc.record({
  method: fc.oneof(
    { weight: 5, arbitrary: fc.constant('GET') },
    { weight: 1, arbitrary: fc.constant('POST') },
  ),
  lastEventId: fc.constantFrom('', '', 'start'),
  idleTimeout: rarely(fc.constantFrom(30, 1_000, 6_000).map((ms) => ms + 1 / 4)),
  count: rarely(fc.nat(4)),
  maxDelay: rarely(fc.constantFrom(1_000, 5_000)),
  answers: fc.array(answer, { minLength: 1, maxLength: 9, size: 'max' }).map(numbered),
  leaveAt: fc.noBias(fc.oneof(fc.nat(20_000), fc.nat(100_000), fc.nat(400_000))).map((ms) => ms + 1 / 64),
  leaveInside: rarely(fc.integer({ min: 1, max: 5 })),
  jitter: fc.array(
    fc.nat(15).map((sixteenths) => sixteenths / 16),
    { minLength: 1, maxLength: 4 },
  ),
  watched: fc.boolean(),
});
