import { MAX_DELAY } from '../protocol/limits';
import { sseBlock } from '../protocol/sseBlock';
import { aBoolean, aCount, aFunction, aNumber, aString, accepted, either, oneOf } from './rules';
import type { Rule, Rules } from './rules';
import { MAX_COUNT, aLength, aSignal, aSource, headers } from './values';

/** Accepts a source, a text as a body of one value, or a function that makes the source for each client. */
export const aBodySource: Rule = {
  expected: 'an Observable, iterable, stream, promise or function',
  allows: (value) => aString.allows(value) || aFunction.allows(value) || aSource.allows(value),
};

export const BODY: Rules = {
  request: {
    expected: 'a Request',
    allows: (value) => typeof (value as { headers?: { get?: unknown } } | null)?.headers?.get === 'function',
  },
  signal: aSignal,
  maxBufferedBytes: aLength,
  overflow: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error', 'drop-oldest', 'drop-newest'), aFunction),
  stallTimeout: aLength,
  mapError: aFunction,
  onEnd: aFunction,
};

export const NDJSON_BODY: Rules = { terminal: /* @__PURE__ */ oneOf('notification', 'none') };

export const SSE_BODY: Rules = {
  heartbeat: /* @__PURE__ */ aNumber(0, MAX_DELAY),
  retry: /* @__PURE__ */ aCount(0, MAX_COUNT),
  terminal: /* @__PURE__ */ oneOf('comment', 'none'),
  endMarker: /* @__PURE__ */ either(aString, /* @__PURE__ */ accepted('a message', 'object', sseBlock)),
  message: aFunction,
};

export const RESPONSE: Rules = {
  status: {
    expected: 'a status that has a body',
    allows: (value) => aCount(200, 599).allows(value) && ![204, 205, 304].includes(value as number),
  },
  statusText: /* @__PURE__ */ accepted(
    'a reason phrase',
    'string',
    (value) => new Response(null, { statusText: value }),
  ),
  headers,
  awaitFirst: aBoolean,
};
