/** For specs of streaming code: a server in marbles, bytes, and the contract of a log. */

export { marbleFetch } from './testing/marbleFetch';
export type { MarbleFetch, MarbleRequest, MarbleResponse } from './testing/marbleFetch';
export { chunksOf, utf8 } from './testing/bytes';
export { messageLogContract } from './testing/messageLogContract';
export type { MessageLogCase } from './testing/messageLogContract';
