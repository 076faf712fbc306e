/**
 * Marks the errors of this library. The ESM and the CJS copy of a class are different classes, so that `instanceof` is not
 * enough when an application has loaded both.
 */
export const brand = /* @__PURE__ */ Symbol.for('rxjs-http-streams.error');
