import { described } from '../options/rules';

/** A piece of a body. A stream that decodes by itself, such as a `Readable` of Node with an encoding, gives text. */
export type Chunk = Uint8Array | string;

/** Returns a chunk of any realm as text or as bytes. Throws a `TypeError` for a value that is neither. */
export function chunkOf(value: unknown): Chunk {
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') {
    return new Uint8Array(value as ArrayBuffer);
  }
  throw new TypeError(`body: expected chunks of bytes or text, got ${described(value)}`);
}
