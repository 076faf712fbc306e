/** Whether a value is a `Uint8Array` of any realm. Other views of a buffer are not a sequence of bytes. */
export const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array ||
  (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]');
