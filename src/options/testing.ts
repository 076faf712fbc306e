import { aCount, aFunction, aString, anObject, either, nothing } from './rules';
import type { Rules } from './rules';
import { MAX_COUNT, aStatus, headers } from './values';

export const someContent = /* @__PURE__ */ either(aString, {
  expected: 'bytes',
  allows: (value) => ArrayBuffer.isView(value),
});

export const aSize = /* @__PURE__ */ aCount(1, MAX_COUNT);

export const answers = /* @__PURE__ */ either(
  { expected: 'a list of responses', allows: (value) => Array.isArray(value) },
  aFunction,
);

export const ANSWER: Rules = {
  response: aString,
  status: aStatus,
  statusText: aString,
  headers,
  url: aString,
  body: /* @__PURE__ */ either(aString, nothing),
  chunks: anObject,
};
