import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nextMessage } from './nextMessage';

/** The commands that a process accepts. Arguments and results have to be serializable. */
export type Commands = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Time that a process may take to exit after it was told to, in milliseconds. */
const PATIENCE = 20_000;

/** A process that carries out commands, one after the other. */
export class Remote<C extends Commands> {
  private constructor(private readonly child: ChildProcess) {}

  /** @param module Calls {@link obey}. Collections can be forced in it. */
  static async start<C extends Commands>(module: URL): Promise<Remote<C>> {
    const child = fork(fileURLToPath(module), { execArgv: [...process.execArgv, '--expose-gc'] });
    const remote = new Remote<C>(child);
    await remote.answer('start');
    return remote;
  }

  async call<K extends keyof C & string>(
    command: K,
    ...args: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> {
    this.child.send({ command, args });
    return (await this.answer(command)) as Awaited<ReturnType<C[K]>>;
  }

  /** Lets it go, and gives whether it ended by itself then: nothing was left in it. */
  async end(): Promise<boolean> {
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    const [code] = (await exit) as [number | null];
    return code === 0;
  }

  private async answer(to: string): Promise<unknown> {
    const ended = `${this.child.spawnargs.at(-1)} ended before it had an answer to "${to}"`;
    const { result } = (await nextMessage(this.child, ended)) as { readonly result: unknown };
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
