import { MAX_DELAY } from '../protocol/limits';
import {
  aBoolean,
  aCount,
  aFunction,
  aNumber,
  aString,
  accepted,
  anObject,
  either,
  having,
  listOf,
  nothing,
  oneOf,
} from './rules';
import type { Rule, Rules } from './rules';

/*
 * Every public option and parameter, with the values that it may have: a table for each function, so that an
 * application carries the tables of the functions it imports. No table is spread into another one: bundlers keep both
 * then. The functions check it when they are called, and one spec tries every kind of wrong value on every row.
 */

const aSignal = /* @__PURE__ */ either(
  /* @__PURE__ */ having('an AbortSignal', 'aborted', 'addEventListener'),
  nothing,
);
const headers = /* @__PURE__ */ accepted('headers', 'object', (value) => new Headers(value));
/** `Number.MAX_SAFE_INTEGER`, which bundlers take for a side effect. */
const MAX_COUNT = 9_007_199_254_740_991;
export const aName: Rule = {
  expected: 'a string that is not empty',
  allows: (value) => typeof value === 'string' && value !== '',
};
const aLength = /* @__PURE__ */ aNumber(1);
const aStatus = /* @__PURE__ */ aCount(100, 599);
const aDelay = /* @__PURE__ */ aNumber(1, MAX_DELAY);
const schema: Rule = {
  expected: 'a Standard Schema',
  allows: (value) =>
    typeof (value as { '~standard'?: { validate?: unknown } } | null)?.['~standard']?.validate === 'function',
};
const handling = /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error', 'skip'), aFunction);

/** Sources of RxJS, and Observables of the platform: known by their members, as they may be of any realm. */
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

// The readers.

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

export const SSE: Rules = {
  maxMessageLength: aLength,
  onIncomplete: /* @__PURE__ */ oneOf('dispatch', 'error', 'drop'),
  onIgnored: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error'), aFunction),
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

export const NDJSON: Rules = {
  schema,
  onBadLine: handling,
  parse: aFunction,
  maxLineLength: aLength,
  terminal: /* @__PURE__ */ oneOf('notification', 'none'),
};

export const CHUNKED_READER: Rules = { responseType: /* @__PURE__ */ oneOf('text', 'bytes') };

// The operators.

export const TEXT: Rules = {
  encoding: /* @__PURE__ */ accepted(
    'a label of the Encoding standard',
    'string',
    (value) => new TextDecoder(value),
  ),
};
export const LINES: Rules = { maxLineLength: aLength };
/** The limit on texts that wait for a schema that is slower than the source. */
export const HELD: Rules = { maxBufferedBytes: aLength };
export const JSON_TEXTS: Rules = { schema, parse: aFunction };
export const SPLIT_JSON: Rules = { elements: aBoolean, maxValueLength: aLength };
export const MESSAGES: Rules = { unknown: /* @__PURE__ */ oneOf('skip', 'error') };
export const parsers: Rule = {
  expected: 'a schema or a function for each type',
  allows: (value) =>
    anObject.allows(value) &&
    !Array.isArray(value) &&
    Object.values(value as object).every((parser) => typeof parser === 'function' || schema.allows(parser)),
};
export const END_ON: Rules = { inclusive: aBoolean };
export const aMarker = /* @__PURE__ */ either(aString, aFunction);
export const quiet = aDelay;
export const ASYNC_ITERABLE: Rules = { maxBuffered: aLength, maxBufferedBytes: aLength };
export const EVENT_TARGET: Rules = { signal: aSignal };

// The bodies and Responses.

/** Text is a body of one value, and a function makes the source for each client. */
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
  endMarker: aString,
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

// Feeds.

export const aLog: Rule = /* @__PURE__ */ having('a MessageLog', 'append', 'read', 'head', 'changes');
export const MEMORY_LOG: Rules = { bufferSize: aLength, bufferBytes: aLength };
export const APPEND_TO: Rules = { maxBufferedBytes: aLength, ends: aBoolean };
export const MEMORY_LOGS: Rules = {
  ttl: /* @__PURE__ */ aNumber(0, MAX_DELAY),
  bufferSize: aLength,
  bufferBytes: aLength,
};
export const someLogs = /* @__PURE__ */ having('MessageLogs', 'claim', 'find', 'stop');
/** A function makes the source when it is needed. */
export const aFeedSource = /* @__PURE__ */ either(aSource, aFunction);
export const RESUMABLE: Rules = {
  bufferSize: aLength,
  bufferBytes: aLength,
  ids: /* @__PURE__ */ oneOf('log', 'source'),
  from: /* @__PURE__ */ oneOf('now', 'start'),
  onGap: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error', 'replay'), aFunction),
  resetOnRefCountZero: /* @__PURE__ */ either(aBoolean, aFunction),
};

// Logs on Redis.

export const aRedisClient = /* @__PURE__ */ either(
  /* @__PURE__ */ having('a client of node-redis', 'xRange', 'xRead', 'eval', 'duplicate'),
  /* @__PURE__ */ having('a client of ioredis', 'xrange', 'xread', 'eval', 'duplicate'),
);
/** Braces that are no hash tag would put what belongs to the key on another server of a cluster. */
export const aKey: Rule = {
  expected: 'a key that is not empty, without braces or with a hash tag',
  allows: (value) => typeof value === 'string' && (/^[^{}]+$/.test(value) || /^[^{}]*\{[^{}]+\}/.test(value)),
};
export const REDIS_LOG: Rules = { bufferSize: aLength };
export const REDIS_LOGS: Rules = {
  prefix: {
    expected: 'a text that is not empty, without braces',
    allows: (value) => typeof value === 'string' && /^[^{}]+$/.test(value),
  },
  ttl: /* @__PURE__ */ aNumber(1, MAX_DELAY),
  lease: /* @__PURE__ */ aNumber(100, MAX_DELAY),
};

// Servers of Node.

export const aResponse = /* @__PURE__ */ having('a Response', 'status', 'headers', 'body');
export const NODE_HANDLER: Rules = { onError: aFunction };
export const aServer = /* @__PURE__ */ having(
  'a server of node:http, node:https or node:http2',
  'listen',
  'close',
  'on',
);
export const DRAIN: Rules = {
  within: /* @__PURE__ */ aNumber(0, MAX_DELAY),
  retryAfter: /* @__PURE__ */ aCount(0, MAX_COUNT),
};

// For specs.

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
