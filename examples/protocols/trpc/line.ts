/** A query of a batch. */
export interface Query {
  readonly path: string;
  readonly input?: unknown;
}

/** A member of a value that comes in the chunk of a number. Without a key it is the whole value. */
export type Later = readonly [key: string | null, kind: 0, chunk: number];

/** A value without those of its members that come later. */
export type Encoded = readonly [value: readonly [unknown?], ...later: Later[]];

/** The first line of a batch: a value for each query. */
export type Head = Readonly<Record<string, Encoded>>;

/** Any other line: the value of a chunk, or with the status 1 its error. */
export type Chunk = readonly [chunk: number, status: 0 | 1, content: unknown];

/** The lines of a batch. */
export type Line = Chunk | Head;
