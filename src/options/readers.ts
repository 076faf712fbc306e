import { MAX_DELAY } from '../protocol/limits';
import { aBoolean, aCount, aFunction, aNumber, aString, anObject, either, listOf, oneOf } from './rules';
import type { Rule, Rules } from './rules';
import { aDelay, aLength, aName, aSignal, aSource, aStatus, headers } from './values';

export const anInput: Rule = {
  expected: 'a URL, a Request or a function',
  allows: (value) =>
    typeof value === 'string' ||
    typeof value === 'function' ||
    'url' in Object(value) ||
    'href' in Object(value),
};

export const READER: Rules = {
  method: aString,
  headers,
  signal: aSignal,
  fetch: aFunction,
  context: anObject,
  request: aFunction,
  connectTimeout: aDelay,
  idleTimeout: aDelay,
  project: aFunction,
  concurrent: /* @__PURE__ */ aCount(1),
  observe: /* @__PURE__ */ oneOf('lifecycle'),
};

export const SSE_READER: Rules = {
  reconnect: /* @__PURE__ */ either(aBoolean, anObject),
  pauseWhen: aSource,
  lastEventId: aString,
  lastEventIdParam: aName,
  mediaTypes: /* @__PURE__ */ listOf('media types', {
    expected: '',
    allows: (value) => typeof value === 'string' && /^[^\s/;,]+\/[^\s/;,]+$/.test(value),
  }),
};

export const RECONNECT: Rules = {
  count: /* @__PURE__ */ aCount(0),
  delay: /* @__PURE__ */ either(/* @__PURE__ */ aNumber(0, MAX_DELAY), aFunction),
  maxDelay: aLength,
  jitter: /* @__PURE__ */ aNumber(0, 1),
  statuses: /* @__PURE__ */ either(
    {
      expected: 'a list of statuses',
      allows: (value) => Array.isArray(value) && value.every(aStatus.allows),
    },
    aFunction,
  ),
};

export const CHUNKED_READER: Rules = { responseType: /* @__PURE__ */ oneOf('text', 'bytes') };
