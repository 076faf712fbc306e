import { MAX_DELAY } from '../protocol/limits';
import { aCount, aFunction, aNumber, having } from './rules';
import type { Rules } from './rules';
import { MAX_COUNT } from './values';

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
