import { firstValueFrom, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStreamError } from 'rxjs-http-streams';
import { record } from '../support/recording';

/** One thing that a platform does, and how it is seen. */
export interface PortableCase<Server> {
  readonly name: string;
  /** The result on a platform that keeps its promises. */
  readonly expected: string;
  readonly run: (server: Server) => Promise<string>;
}

export const pause = (ms: number): Promise<unknown> => firstValueFrom(timer(ms));

/** Asks until the answer is what is waited for, for 10 s. */
export async function until<T>(ask: () => Promise<T>, enough: (answer: T) => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    if (enough(await ask())) return true;
    await pause(50);
  }
  return false;
}

/** Describes the values and the end of a stream. */
export async function told(source: Observable<unknown>): Promise<string> {
  const recording = record(source);
  await recording.ended();
  const { values, outcome, error } = recording;
  return [...values, isHttpStreamError(error) ? error.name : outcome].join(' ');
}

/** Runs a case and describes the result, a failure and a time-out included. */
export function seenIn<Server>({ run }: PortableCase<Server>, server: Server): Promise<string> {
  const outcome = run(server).catch((error: unknown) => `failed: ${String(error)}`);
  return Promise.race([outcome, pause(30_000).then(() => 'not within 30 s')]);
}
