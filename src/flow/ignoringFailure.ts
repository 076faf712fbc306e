import { noop } from 'rxjs';

/** Calls a teardown, does not wait for it, and ignores its failure: no consumer is left that could receive the error. */
export const ignoringFailure = (teardown: () => unknown): void => {
  new Promise((resolve) => {
    resolve(teardown());
  }).catch(noop);
};
