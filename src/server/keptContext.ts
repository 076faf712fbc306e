import { noop } from 'rxjs';

/** Runs a task in a context. With `here` the caller is already in that context, and the task runs at once. */
export type InContext = (task: () => void, here?: boolean) => void;

/**
 * Captures the asynchronous context of its caller (`AsyncLocalStorage` and the like), and returns a function that runs
 * tasks in that context, in the order of its calls.
 *
 * A reaction of a promise runs in the context in which it was registered, on every platform that has contexts. Each
 * task settles such a promise, and the reaction registers the next one. A task that another task starts is a part of
 * that task, and runs at once. Tasks must not throw.
 */
export function keptContext(): InContext {
  let tasks: (() => void)[] = [];
  let wake = noop;
  let inside = false;

  const run = (task: () => void): void => {
    const outer = inside;
    inside = true;
    task();
    inside = outer;
  };

  // An idle body keeps only two functions of this in memory.
  const react = (): void => {
    void new Promise<void>((resolve) => {
      wake = resolve;
    }).then(react);
    const due = tasks;
    tasks = [];
    due.forEach(run);
  };

  react();
  return (task, here = inside) => {
    if (here) {
      run(task);
      return;
    }
    tasks.push(task);
    wake();
  };
}
