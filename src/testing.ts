/** For specs of streaming code: a server in marbles, and bytes. */

export { marbleFetch } from './testing/marbleFetch';
export type { MarbleFetch, MarbleRequest, MarbleResponse } from './testing/marbleFetch';
export { chunksOf, utf8 } from './testing/bytes';
