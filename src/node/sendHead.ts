import { isHttp2 } from './exchange';
import type { NodeResponse } from './exchange';

/** Headers that concern one connection (RFC 9110 §7.6.1), which HTTP/2 forbids (RFC 9113 §8.2.2). */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'];
/** Headers that describe a body before `fetch` decoded it. */
const OF_ENCODING = ['content-encoding', 'content-length'];
/** Headers that a response may have several times, and that are added to those of middleware. */
const JOINED = ['set-cookie', 'vary'];

/** Sends the status and the headers of a response, which override those that middleware has set. */
export function sendHead(response: Response, res: NodeResponse): void {
  const { status, statusText } = response;
  const headers = headersFor(response, res);
  // HTTP/2 has no reason phrase (RFC 9113 §8.3.1).
  if (!isHttp2(res)) res.statusMessage = statusText;
  if (isHttp2(res) || res.getHeaderNames().length > 0 || isPatched(res)) {
    join(headers, res);
    res.writeHead(status);
  } else {
    // Node keeps headers that are set one by one in memory: a kilobyte for each idle client.
    res.writeHead(status, headers.flat());
  }
}

/** Whether middleware has patched `writeHead`. It may not support headers in an array. */
const isPatched = (res: NodeResponse): boolean => Object.hasOwn(res, 'writeHead');

/** Returns the headers that hold for this connection, one entry for each line. */
function headersFor({ url, headers }: Response, res: NodeResponse): (readonly [string, string])[] {
  // Only a response of `fetch` has a URL. It came over another connection, and `fetch` has decoded its body.
  const ofConnection = url || isHttp2(res) ? OF_CONNECTION : [];
  const ofEncoding = url && headers.has('content-encoding') ? OF_ENCODING : [];
  return [...headers].filter(([name]) => !ofConnection.includes(name) && !ofEncoding.includes(name));
}

function join(headers: readonly (readonly [string, string])[], res: NodeResponse): void {
  const joined = new Map<string, string | string[]>();
  for (const [name, value] of headers) {
    const earlier = joined.get(name) ?? (JOINED.includes(name) ? res.getHeader(name) : undefined);
    joined.set(name, earlier === undefined ? value : [earlier, value].flat().map(String));
  }
  for (const [name, value] of joined) res.setHeader(name, value);
}
