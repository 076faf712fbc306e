import { described } from '../options/rules';

/** A piece of a body. Text comes from streams that decode by themselves, as a `Readable` of Node with an encoding does. */
export type Chunk = Uint8Array | string;

/** A chunk as text or as the bytes of its buffer, of whichever realm. Throws a `TypeError` for any other value. */
export function chunkOf(value: unknown): Chunk {
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') {
    return new Uint8Array(value as ArrayBuffer);
  }
  throw new TypeError(`body: expected chunks of bytes or text, got ${described(value)}`);
}
