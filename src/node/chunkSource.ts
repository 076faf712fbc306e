import type { DirectBody } from '../server/directBody';

/** Source that gives its sink the next chunk, or the end, after each `pull`. */
export type ChunkSource = Pick<DirectBody, 'givesAll' | 'pull' | 'cancel'>;
