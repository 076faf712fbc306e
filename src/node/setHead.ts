import { isHttp2 } from './exchange';
import type { NodeResponse } from './exchange';

/** Headers that concern one connection (RFC 9110 §7.6.1), which HTTP/2 forbids (RFC 9113 §8.2.2). */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'];
/** Headers that describe the body as it was on the wire. */
const OF_ENCODING = ['content-encoding', 'content-length'];
/** Headers of which a response may have several, so that they do not replace what a middleware has set. */
const ADDED = ['set-cookie', 'vary'];

/**
 * Sets the status and the headers of a response, over those that middleware has set.
 *
 * @returns A function that sets the headers back to what they were.
 */
export function setHead(response: Response, res: NodeResponse): () => void {
  const { status, statusText, headers } = response;
  const dropped = droppedOf(response, res);
  const before = new Map<string, ReturnType<NodeResponse['getHeader']>>();
  const undo = (): void => {
    for (const [name, value] of before) {
      if (value === undefined) res.removeHeader(name);
      else res.setHeader(name, value);
    }
  };
  const set = (name: string, value: string | string[]): void => {
    const earlier = res.getHeader(name);
    before.set(name, earlier);
    const isAdded = earlier !== undefined && ADDED.includes(name);
    res.setHeader(name, isAdded ? [earlier, value].flat().map(String) : value);
  };
  res.statusCode = status;
  // HTTP/2 has none (RFC 9113 §8.3.1).
  if (!isHttp2(res) && statusText) res.statusMessage = statusText;
  try {
    for (const [name, value] of headers) {
      if (name !== 'set-cookie' && !dropped.includes(name)) set(name, value);
    }
    const cookies = headers.getSetCookie();
    if (cookies.length > 0) set('set-cookie', cookies);
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

/** Names of the headers that are not for this connection. */
function droppedOf({ url, headers }: Response, res: NodeResponse): readonly string[] {
  // Only a response of `fetch` has a URL. Its body was decoded, and its connection was another one.
  if (!url) return isHttp2(res) ? OF_CONNECTION : [];
  return headers.has('content-encoding') ? [...OF_CONNECTION, ...OF_ENCODING] : OF_CONNECTION;
}
