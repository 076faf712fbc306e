/** Whether a value is a `Uint8Array`, of whichever realm; other views of a buffer are not bytes in order. */
export const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array ||
  (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]');
