import type { Suite } from './case';
import { broadcast } from './suites/broadcast';
import { endToEnd } from './suites/endToEnd';
import { growth } from './suites/growth';
import { memory } from './suites/memory';
import { ndjsonIn } from './suites/ndjsonIn';
import { out } from './suites/out';
import { redis } from './suites/redis';
import { short } from './suites/short';
import { sseIn } from './suites/sseIn';
import { sseJsonIn } from './suites/sseJsonIn';
import { textIn } from './suites/textIn';

/** Everything that is measured, in the order of the tables. */
export const suites: readonly Suite[] = [
  sseIn,
  sseJsonIn,
  ndjsonIn,
  textIn,
  out,
  broadcast,
  redis,
  growth,
  memory,
  short,
  endToEnd,
];
