/**
 * Marks the errors of this library. An application may have loaded both the ESM and the CJS copy of a class. These are
 * different classes, so `instanceof` would miss the errors of one copy.
 */
export const brand = /* @__PURE__ */ Symbol.for('rxjs-http-streams.error');
