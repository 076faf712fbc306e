import type { Rules } from './rules';
import { aLength, aSignal } from './values';

export const ASYNC_ITERABLE: Rules = { maxBuffered: aLength, maxBufferedBytes: aLength };

export const EVENT_TARGET: Rules = { signal: aSignal };
