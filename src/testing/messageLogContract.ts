import { ReplaySubject, defer, finalize, lastValueFrom, throwError, timeout } from 'rxjs';
import type { MessageLog } from '../feed/log';
import { aFunction, check } from '../options/rules';
import { aLog } from '../options/feeds';
import { appendCases } from './contract/appendCases';
import { AskedLog } from './contract/askedLog';
import type { CaseRun } from './contract/askedLog';
import { changesCases } from './contract/changesCases';
import { endCases } from './contract/endCases';
import { feedCases } from './contract/feedCases';
import type { LogCase } from './contract/logCase';
import { readCases } from './contract/readCases';

/** One case of {@link messageLogContract}. */
export interface MessageLogCase {
  /** The behaviour, in words: the name of a test. */
  readonly name: string;
  /** Rejects with an `Error` that says what was expected, what came, and which member of the log is at fault. */
  readonly run: () => Promise<void>;
}

/** Time for one case, in milliseconds: below the limit of a test in Vitest and Jest, so that the words are ours. */
const LIMIT = 4_500;

/**
 * Gives the contract that a `MessageLog` has to keep so that clients lose nothing and get nothing twice, as cases for any
 * test runner: each stands for a fault that loses or doubles messages.
 *
 * A case opens a log or two, and rejects after 4.5 s at the latest. It needs real time, not a `TestScheduler`. Ids may
 * have any form. The contract does not ask a log to trim, since only its author knows how it does: that an id which is
 * gone is a gap needs a spec beside it. Throws a `TypeError` when `open` is not a function.
 *
 * @param open - Opens a new and empty log each time.
 *
 * @example
 * ```ts
 * import { describe, it } from 'vitest';
 * import { memoryLog } from 'rxjs-http-streams';
 * import { messageLogContract } from 'rxjs-http-streams/testing';
 *
 * describe('a log of my own', () => {
 *   for (const { name, run } of messageLogContract(() => memoryLog())) it(name, run);
 * });
 * ```
 */
export function messageLogContract(open: () => MessageLog | Promise<MessageLog>): readonly MessageLogCase[] {
  check('open', open, aFunction);
  return [...appendCases, ...readCases, ...endCases, ...changesCases, ...feedCases].map((logCase) => ({
    name: logCase.name,
    run: () => proved(logCase, open),
  }));
}

async function proved({ prove }: LogCase, open: () => MessageLog | Promise<MessageLog>): Promise<void> {
  const overSubject = new ReplaySubject<void>(1);
  const run: CaseRun = { awaited: [], over$: overSubject };
  const opened = async (): Promise<AskedLog> => {
    const log = await open();
    check('the result of open', log, aLog);
    return new AskedLog(log, run);
  };
  await lastValueFrom(
    defer(async () => {
      await prove(await opened(), opened);
    }).pipe(
      timeout({
        first: LIMIT,
        with: () =>
          throwError(
            () =>
              new Error(
                `${run.awaited[0]?.expected ?? 'open: expected a log'}, got nothing within ${LIMIT} ms`,
              ),
          ),
      }),
      finalize(() => {
        overSubject.next();
      }),
    ),
  );
}
