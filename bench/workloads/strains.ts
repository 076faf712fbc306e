/** A hostile or unlucky body of a given size: its chunks, and the length of the one value it holds. */
interface Strain {
  readonly format: 'sse' | 'ndjson';
  readonly chunks: (size: number) => Iterable<Uint8Array>;
  readonly length: (size: number) => number;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function* around(first: string, chunk: Uint8Array, count: number, last: string): Generator<Uint8Array> {
  yield ascii(first);
  for (let i = 0; i < count; i++) yield chunk;
  yield ascii(last);
}

const KIB_OF_TEXT = ascii('x'.repeat(1024));
const DATA_LINES = ascii('data: x\n'.repeat(1000));
const ONE_BYTE = ascii('x');

/** The size is in bytes, lines and chunks, as the name says. */
export const strains = {
  'bytes in a line of NDJSON': {
    format: 'ndjson',
    chunks: (size) => around('"', KIB_OF_TEXT, size / 1024, '"\n'),
    length: (size) => size,
  },
  'bytes in a line of SSE': {
    format: 'sse',
    chunks: (size) => around('data: ', KIB_OF_TEXT, size / 1024, '\n\n'),
    length: (size) => size,
  },
  'data lines in an event': {
    format: 'sse',
    chunks: (size) => around('', DATA_LINES, size / 1000, '\n'),
    length: (size) => size * 2 - 1,
  },
  'chunks of one byte': {
    format: 'sse',
    chunks: (size) => around('data: ', ONE_BYTE, size, '\n\n'),
    length: (size) => size,
  },
} as const satisfies Record<string, Strain>;

export type StrainName = keyof typeof strains;
