import { MAX_DELAY } from '../protocol/limits';
import { aBoolean, aFunction, aNumber, either, having, oneOf } from './rules';
import type { Rule, Rules } from './rules';
import { aLength, aSource } from './values';

export const aLog: Rule = /* @__PURE__ */ having('a MessageLog', 'append', 'read', 'head', 'changes');

export const MEMORY_LOG: Rules = { bufferSize: aLength, bufferBytes: aLength };

export const APPEND_TO: Rules = { maxBufferedBytes: aLength, ends: aBoolean };

export const MEMORY_LOGS: Rules = {
  ttl: /* @__PURE__ */ aNumber(0, MAX_DELAY),
  bufferSize: aLength,
  bufferBytes: aLength,
};

export const someLogs = /* @__PURE__ */ having('MessageLogs', 'claim', 'find', 'stop');

/** Accepts a source, or a function that makes the source when a feed needs it. */
export const aFeedSource = /* @__PURE__ */ either(aSource, aFunction);

export const RESUMABLE: Rules = {
  bufferSize: aLength,
  bufferBytes: aLength,
  ids: /* @__PURE__ */ oneOf('log', 'source'),
  from: /* @__PURE__ */ oneOf('now', 'start'),
  onGap: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error', 'replay'), aFunction),
  resetOnRefCountZero: /* @__PURE__ */ either(aBoolean, aFunction),
};
