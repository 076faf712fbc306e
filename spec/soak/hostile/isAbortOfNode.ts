import { ProcessDeath } from '../../../bench/processDeath';

/**
 * Whether Node has aborted by itself: it checks that a session of HTTP/2 which it collects has given back all of its
 * memory, and a session that was attacked may have not. That happens to servers that use nothing but `node:http2`.
 */
export const isAbortOfNode = (error: unknown): boolean =>
  error instanceof ProcessDeath &&
  error.signal === 'SIGABRT' &&
  /Assertion.*\(current_nghttp2_memory_\) == \(0\)/.test(error.words);
