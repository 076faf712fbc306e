import { MAX_DELAY } from '../protocol/limits';
import { parsers, schema } from './operators';
import { aFunction, aNumber, aString, either, having } from './rules';
import type { Rules } from './rules';

export const RESOURCE: Rules = {
  reduce: aFunction,
  equal: aFunction,
  debugName: aString,
  injector: /* @__PURE__ */ having('an Injector', 'get'),
  serverTimeout: /* @__PURE__ */ aNumber(0, MAX_DELAY),
};

/** Parses the data of messages. */
export const MESSAGE_PARSER: Rules = { parse: /* @__PURE__ */ either(aFunction, schema, parsers) };
