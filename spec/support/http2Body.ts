const HEADER = 9;
const DATA = 0;
const HEADERS = 1;
const END_STREAM = 1;
const END_HEADERS = 4;

/** The response that the beginning of a connection of HTTP/2 brings. */
export interface Http2Body {
  /** As much of the body as has come; unset before the end of the head. */
  readonly body: Buffer | undefined;
  /** Whether the server has said that the body is whole. */
  readonly hasEnded: boolean;
}

/** Reads what the server sends on a connection with one stream, whose frames have no padding (RFC 9113 §4.1). */
export function http2Body(sent: Buffer): Http2Body {
  let body: Buffer[] | undefined;
  let hasEnded = false;
  for (let start = 0; start + HEADER <= sent.length;) {
    const data = start + HEADER;
    const end = data + sent.readUIntBE(start, 3);
    const type = sent.readUInt8(start + 3);
    const flags = sent.readUInt8(start + 4);
    const isWhole = end <= sent.length;
    if (type === HEADERS && isWhole && flags & END_HEADERS) body ??= [];
    // The client reads the data of a frame as it comes.
    if (type === DATA) body?.push(sent.subarray(data, end));
    if (type === DATA && isWhole && flags & END_STREAM) hasEnded = true;
    start = end;
  }
  return { body: body && Buffer.concat(body), hasEnded };
}
