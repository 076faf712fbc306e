import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nextMessage } from './nextMessage';
import type { Job, Measures } from './trial';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/**
 * A process that has one contender in it, checked. Contenders that share a process share its inline
 * caches and its heap too, and distort each other up to five times.
 */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly size: number,
  ) {}

  static async start(job: Job): Promise<WorkerProcess> {
    // For the trials that say how much is held: a collection can be forced.
    const child = fork(WORKER, [JSON.stringify(job)], { execArgv: [...process.execArgv, '--expose-gc'] });
    const { size } = (await nextMessage(child, `a worker ended early: ${JSON.stringify(job)}`)) as {
      size: number;
    };
    return new WorkerProcess(child, size);
  }

  /** Runs the workload until the engine has optimised it. */
  async warmUp(): Promise<void> {
    await this.call('warm up');
  }

  /** Runs the workload once. */
  async run(): Promise<Measures> {
    return (await this.call('run')) as Measures;
  }

  stop(): void {
    this.child.kill();
  }

  private call(command: string): Promise<unknown> {
    this.child.send(command);
    return nextMessage(this.child, 'a worker ended early');
  }
}
