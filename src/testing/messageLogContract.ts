import { ReplaySubject, defer, finalize, lastValueFrom, throwError, timeout } from 'rxjs';
import type { MessageLog } from '../feed/log';
import { aFunction, check } from '../options/rules';
import { aLog } from '../options/feeds';
import { appendCases } from './contract/appendCases';
import { CaseRun } from './contract/caseRun';
import { changesCases } from './contract/changesCases';
import { CheckedLog } from './contract/checkedLog';
import { concurrentCases } from './contract/concurrentCases';
import { endCases } from './contract/endCases';
import { feedCases } from './contract/feedCases';
import type { LogCase } from './contract/logCase';
import { readCases } from './contract/readCases';

/** One case of {@link messageLogContract}. */
export interface MessageLogCase {
  /** The behaviour in words, as the name of a test. */
  readonly name: string;
  /**
   * Runs the case. Rejects with an `Error` that names the expectation, the result, and the member of the log at fault.
   */
  readonly run: () => Promise<void>;
}

/** Milliseconds for one case: less than the timeout of a test in Vitest and Jest, whose message would name no cause. */
const LIMIT = 4_500;

/**
 * Returns the contract of a `MessageLog` as cases for any test runner. Each case detects a fault by which clients would
 * lose messages or receive them twice.
 *
 * A case opens one or two logs, and rejects after 4.5 s at the latest. It runs in real time, not under a
 * `TestScheduler`. Ids may have any form. The contract does not cover the deletion of old messages, which each log does
 * in its own way: the author of a log has to test separately that a deleted id is a gap. Throws a `TypeError` if `open`
 * is not a function.
 *
 * @param open - Opens a new, empty log with every call.
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
  return [...appendCases, ...concurrentCases, ...readCases, ...endCases, ...changesCases, ...feedCases].map(
    (logCase) => ({
      name: logCase.name,
      run: () => proved(logCase, open),
    }),
  );
}

async function proved({ prove }: LogCase, open: () => MessageLog | Promise<MessageLog>): Promise<void> {
  const overSubject = new ReplaySubject<void>(1);
  const run = new CaseRun(overSubject);
  const opened = async (): Promise<CheckedLog> => {
    const log = await open();
    check('the result of open', log, aLog);
    return new CheckedLog(log, run);
  };
  await lastValueFrom(
    defer(async () => {
      await prove(await opened(), opened);
    }).pipe(
      timeout({
        first: LIMIT,
        with: () =>
          throwError(
            () => new Error(`${run.expected ?? 'open: expected a log'}, got nothing within ${LIMIT} ms`),
          ),
      }),
      finalize(() => {
        overSubject.next();
      }),
    ),
  );
}
