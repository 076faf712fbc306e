/** Reads the part of a chunked body (RFC 9112 §7.1) that the beginning of a response has; undefined within the head. */
export function chunkedBody(response: Buffer): Buffer | undefined {
  const head = response.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const body: Buffer[] = [];
  for (let start = head + 4; ;) {
    const line = response.indexOf('\r\n', start);
    if (line === -1) return Buffer.concat(body);
    const data = line + 2;
    const end = data + Number.parseInt(response.toString('latin1', start, line), 16);
    body.push(response.subarray(data, end));
    start = end + 2;
  }
}
