/** Parts of a response, as HTTP/1.1 frames it (RFC 9112 §7.1). */
export type ResponsePart = 'head' | 'between chunks' | 'size' | 'CR|LF' | 'data' | 'last chunk';

const LF = 0x0a;
const CR = 0x0d;
const ZERO = 0x30;

/** The part that is expected next. */
type Next = 'head' | 'first digit' | 'size' | 'LF of size' | 'data' | 'CR of data' | 'LF of data' | 'last';

/**
 * Returns a function that names the part of each byte of one connection. A cut before the first digit of a chunk is one
 * between two chunks, and before a line feed one between CR and LF. A body that is not chunked is all data.
 */
export function responseParts(): (byte: number) => ResponsePart {
  let next: Next = 'head';
  let head = '';
  let digits = '';
  let left = Infinity;

  return (byte) => {
    switch (next) {
      case 'head':
        head += String.fromCharCode(byte);
        if (byte === LF && head.endsWith('\r\n\r\n')) {
          next = /^transfer-encoding: chunked/im.test(head) ? 'first digit' : 'data';
          head = '';
        }
        return 'head';
      case 'first digit':
        digits = String.fromCharCode(byte);
        next = byte === ZERO ? 'last' : 'size';
        left = '\r\n\r\n'.length;
        return byte === ZERO ? 'last chunk' : 'between chunks';
      case 'size':
        if (byte === CR) next = 'LF of size';
        else digits += String.fromCharCode(byte);
        return 'size';
      case 'LF of size':
        next = 'data';
        left = Number.parseInt(digits, 16);
        return 'CR|LF';
      case 'data':
        if (--left === 0) next = 'CR of data';
        return 'data';
      case 'CR of data':
        next = 'LF of data';
        return 'data';
      case 'LF of data':
        next = 'first digit';
        return 'CR|LF';
      case 'last':
        if (--left === 0) {
          next = 'head';
          left = Infinity;
        }
        return 'last chunk';
    }
  };
}
