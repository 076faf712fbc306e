import { noop } from 'rxjs';

/** Runs a task in a context; `here` says that the caller is in that context, so that the task runs at once. */
export type InContext = (task: () => void, here?: boolean) => void;

/**
 * Remembers the asynchronous context in which it is called (`AsyncLocalStorage` and the like), and returns a function
 * that runs tasks in that context, in the order in which they come.
 *
 * A reaction of a promise runs in the context in which it was registered, on every platform that has contexts. Each
 * task settles such a promise, and the reaction registers the next one. A task that is given while another one runs
 * is a part of that one, and runs at once. Tasks must not throw.
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

  // Two functions are all that a body keeps of this while it waits.
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
