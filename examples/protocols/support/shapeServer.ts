import { Subject, concatMap, firstValueFrom, merge, race, take, takeUntil } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

/** A row with texts, which the official client does not parse. */
export type Issue = Record<'id' | 'title', string>;

type Operation = 'insert' | 'update' | 'delete';

interface Entry {
  readonly offset: readonly [transaction: number, operation: number];
  readonly message: object;
}

const compare = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number =>
  a - c || b - d;

/** Speaks the protocol of Electric for one table, whose changes are in the hands of a spec. */
export function shapeServer(pageSize: number, ...rows: readonly Issue[]) {
  const changed = new Subject<void>();
  const timedOut = new Subject<void>();
  let rotations = 0;
  let transaction = 10;
  let log: Entry[] = [];

  const entry = (offset: Entry['offset'], operation: Operation, { id, ...rest }: Partial<Issue>): Entry => ({
    offset,
    message: {
      key: `"public"."issues"/"${id}"`,
      value: { id, ...rest },
      headers: {
        operation,
        // The rows of the first query have no place in the log of the database.
        ...(offset[0] > 0 ? { lsn: String(offset[0]), op_position: offset[1] } : {}),
      },
    },
  });
  const start = (issues: readonly Issue[]): void => {
    log = issues.map((issue, n) => entry([0, n], 'insert', issue));
  };
  start(rows);

  const upToDate = () => ({
    headers: { control: 'up-to-date', global_last_seen_lsn: String(log.at(-1)?.offset[0] ?? 0) },
  });
  const handleOf = (): string => `issues-${rotations}`;

  const json = (body: readonly object[], headers: Record<string, string>, status = 200): Response =>
    Response.json(body, { status, headers: { 'electric-handle': handleOf(), ...headers } });

  async function answer(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const offset = searchParams.get('offset') ?? '';
    const isLive = searchParams.get('live') === 'true';
    const handle = searchParams.get('handle');
    const isGone = (): boolean => (handle ?? handleOf()) !== handleOf();
    const mustRefetch = (): Response => json([{ headers: { control: 'must-refetch' } }], {}, 409);
    if (isGone()) return mustRefetch();

    const place = offset === '-1' ? ([-1, 0] as const) : (offset.split('_').map(Number) as [number, number]);
    const after = (from: Entry['offset']): Entry[] => log.filter((it) => compare(it.offset, from) > 0);
    const cursor = { 'electric-cursor': String(transaction) };

    if (isLive && searchParams.get('live_sse') === 'true') {
      let last: Entry['offset'] = place;
      const message$ = merge([undefined], changed).pipe(
        concatMap(() => {
          const entries = after(last);
          last = entries.at(-1)?.offset ?? last;
          return entries.length > 0 ? [...entries.map(({ message }) => message), upToDate()] : [];
        }),
        takeUntil(timedOut),
      );
      const headers = { ...cursor, 'electric-handle': handleOf(), 'electric-offset': offset };
      return toSseResponse(message$.pipe(concatMap((data) => [{ data }])), {
        request,
        headers,
        terminal: 'none',
      });
    }

    if (isLive && after(place).length === 0) await firstValueFrom(race(changed, timedOut).pipe(take(1)));
    if (isGone()) return mustRefetch();
    const page = after(place).slice(0, pageSize);
    const isEnd = after(place).length === page.length && offset !== '-1';
    return json([...page.map(({ message }) => message), ...(isEnd ? [upToDate()] : [])], {
      'electric-offset': (page.at(-1)?.offset ?? (offset === '-1' ? [0, 0] : place)).join('_'),
      ...(isLive
        ? cursor
        : { 'electric-schema': JSON.stringify({ id: { type: 'text' }, title: { type: 'text' } }) }),
      ...(isEnd ? { 'electric-up-to-date': '' } : {}),
    });
  }

  return {
    answer,
    /** Commits a transaction. */
    commit: (...changes: readonly (readonly [Operation, Partial<Issue>])[]): void => {
      transaction++;
      log.push(...changes.map(([operation, value], n) => entry([transaction, n * 2], operation, value)));
      changed.next();
    },
    /** Ends all live requests, as the server does after a while. */
    timeOut: (): void => {
      timedOut.next();
    },
    /** Puts another log in the place of the one that there is. */
    rotate: (...issues: readonly Issue[]): void => {
      rotations++;
      start(issues);
      timedOut.next();
    },
  };
}
