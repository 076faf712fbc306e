import { MAX_DELAY } from '../protocol/limits';
import { aCount, aNumber, accepted, anObject, either, having, nothing } from './rules';
import type { Rule } from './rules';

/*
 * Rules that several tables share. A table maps each public option of a function to its rule, and the other files of
 * this folder hold one table or more for each function. A function checks its own tables when it is called, so that a
 * bundler drops the tables of functions that the application does not import. For the same reason no table is spread
 * into another one: bundlers would keep both. `tables.spec.ts` tries every kind of wrong value on every option.
 */

/**
 * `Number.MAX_SAFE_INTEGER` as a literal: bundlers keep a rule that reads a property, as that may have a side effect.
 */
export const MAX_COUNT = 9_007_199_254_740_991;

export const aName: Rule = {
  expected: 'a string that is not empty',
  allows: (value) => typeof value === 'string' && value !== '',
};
export const aStatus = /* @__PURE__ */ aCount(100, 599);
export const aLength = /* @__PURE__ */ aNumber(1);
export const aDelay = /* @__PURE__ */ aNumber(1, MAX_DELAY);

export const aSignal = /* @__PURE__ */ either(
  /* @__PURE__ */ having('an AbortSignal', 'aborted', 'addEventListener'),
  nothing,
);

export const headers = /* @__PURE__ */ accepted('headers', 'object', (value) => new Headers(value));

/** Accepts the sources of RxJS and the platform's Observables by their members, as they may come from another realm. */
export const aSource: Rule = {
  expected: 'an Observable, iterable, stream or promise',
  allows: (value) =>
    (anObject.allows(value) && 'length' in Object(value)) ||
    [
      'subscribe',
      'then',
      'getReader',
      '@@observable',
      Symbol.observable,
      Symbol.iterator,
      Symbol.asyncIterator,
    ].some((way) => typeof value !== 'string' && way in Object(value)),
};
