import { MAX_DELAY } from '../protocol/limits';
import { aNumber, either, having } from './rules';
import type { Rule, Rules } from './rules';
import { aLength } from './values';

export const aRedisClient = /* @__PURE__ */ either(
  /* @__PURE__ */ having('a client of node-redis', 'xRange', 'xRead', 'eval', 'duplicate'),
  /* @__PURE__ */ having('a client of ioredis', 'xrange', 'xread', 'eval', 'duplicate'),
);

/**
 * Accepts a key whose companion keys can share its slot of a Redis cluster. Redis hashes only the text within the first
 * pair of braces (the hash tag), so other braces would put the companion keys on another server.
 */
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
