import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { noop } from 'rxjs';
import { ProcessDeath } from './processDeath';

/** The commands that a process accepts. Arguments and results have to be serializable. */
export type Commands = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Time that a process may take to exit after it was told to, in milliseconds. */
const PATIENCE = 20_000;
/** Characters of the standard error of a process that are kept. */
const WORDS = 10_000;

/** A process that carries out commands, one after the other. */
export class Remote<C extends Commands> {
  /** Rejects with a {@link ProcessDeath} as soon as the process has ended, also where no call waits for it. */
  readonly death: Promise<never>;
  private code: number | null = null;

  private constructor(private readonly child: ChildProcess) {
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      words = (words + text).slice(-WORDS);
    });
    // `exit` may come before the last words, and `close` does not come to a process that was let go.
    const ended = Promise.all([once(child, 'exit'), child.stderr && once(child.stderr, 'close')]);
    this.death = ended.then(([[code, signal]]) => {
      this.code = code as number | null;
      throw new ProcessDeath(child.spawnargs.at(-1) ?? '', this.code, signal as string | null, words);
    });
    this.death.catch(noop);
  }

  /** @param module Calls {@link obey}. Collections can be forced in it. */
  static async start<C extends Commands>(module: URL): Promise<Remote<C>> {
    const child = fork(fileURLToPath(module), {
      execArgv: [...process.execArgv, '--expose-gc'],
      stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
    });
    const remote = new Remote<C>(child);
    await remote.answer();
    return remote;
  }

  /** Rejects with a {@link ProcessDeath} if the process has ended, or ends before it has answered. */
  async call<K extends keyof C & string>(
    command: K,
    ...args: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> {
    // That the process has ended is told by `death`.
    this.child.send({ command, args }, noop);
    return (await this.answer()) as Awaited<ReturnType<C[K]>>;
  }

  /** Lets it go, and gives whether it ended by itself then: nothing was left in it. */
  async end(): Promise<boolean> {
    if (this.child.connected) this.child.disconnect();
    await this.death.catch(noop);
    return this.code === 0;
  }

  /** Ends it, whatever it does. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  private async answer(): Promise<unknown> {
    const [{ result }] = (await Promise.race([once(this.child, 'message'), this.death])) as [
      { readonly result: unknown },
    ];
    return result;
  }
}

/** Makes this process carry out what the one that started it calls, and end when that one is done with it. */
export function obey(commands: Commands): void {
  process.on('message', ({ command, args }: { readonly command: string; readonly args: never[] }) => {
    void Promise.resolve(commands[command]?.(...args)).then((result) => process.send?.({ result }));
  });
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), PATIENCE).unref();
  });
  process.send?.({});
}
