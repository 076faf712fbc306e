import { aBoolean, aFunction, aString, accepted, anObject, either, oneOf } from './rules';
import type { Rule, Rules } from './rules';
import { aLength } from './values';

export const schema: Rule = {
  expected: 'a Standard Schema',
  allows: (value) =>
    typeof (value as { '~standard'?: { validate?: unknown } } | null)?.['~standard']?.validate === 'function',
};

export const NDJSON: Rules = {
  schema,
  onBadLine: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error', 'skip'), aFunction),
  parse: aFunction,
  maxLineLength: aLength,
  terminal: /* @__PURE__ */ oneOf('notification', 'none'),
};

export const SSE: Rules = {
  maxMessageLength: aLength,
  onIncomplete: /* @__PURE__ */ oneOf('dispatch', 'error', 'drop'),
  onIgnored: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('error'), aFunction),
};

export const TEXT: Rules = {
  encoding: /* @__PURE__ */ accepted(
    'a label of the Encoding standard',
    'string',
    (value) => new TextDecoder(value),
  ),
};

export const LINES: Rules = { maxLineLength: aLength };

/** Limits the texts that are buffered while a schema is slower than the source. */
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
