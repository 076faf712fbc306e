import { noop } from 'rxjs';

/** Calls a teardown, does not wait for it, and ignores its failure, because no consumer is left to receive it. */
export const ignoringFailure = (teardown: () => unknown): void => {
  new Promise((resolve) => {
    resolve(teardown());
  }).catch(noop);
};
