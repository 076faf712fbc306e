/** Helpers for specs of streaming code: a server in marbles, what it sends, and the contract of a `MessageLog`. */

export { marbleFetch } from './testing/marbleFetch';
export type { MarbleFetch, MarbleRequest } from './testing/marbleFetch';
export type { MarbleResponse } from './testing/marbleResponse';
export { chunksOf, utf8 } from './testing/bytes';
export { ndjson } from './testing/ndjson';
export { sse } from './testing/sse';
export { messageLogContract } from './testing/messageLogContract';
export type { MessageLogCase } from './testing/messageLogContract';
