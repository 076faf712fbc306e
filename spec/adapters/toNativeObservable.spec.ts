import { of } from 'rxjs';
import { toNativeObservable } from 'rxjs-http-streams';
import { expect, it } from 'vitest';

// All the rest needs a platform that has one: spec/browser/nativeObservable.spec.ts.
it('says so where the platform has no Observable of its own', () => {
  expect(() => toNativeObservable(of(1))).toThrow(
    new TypeError('globalThis.Observable: expected a function, got undefined'),
  );
});
