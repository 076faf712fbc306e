import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** Request of `node:http`, or of the compatibility API of `node:http2`. Express and Nest use the same requests. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** Response of `node:http`, or of the compatibility API of `node:http2`. Express and Nest use the same responses. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** Whether a request or a response belongs to HTTP/2. */
export function isHttp2(message: NodeRequest): message is Http2ServerRequest;
export function isHttp2(message: NodeResponse): message is Http2ServerResponse;
export function isHttp2(message: NodeRequest | NodeResponse): boolean {
  return 'stream' in message;
}

/** Whether the client can receive nothing any more. A stream of HTTP/2 is closed some time before it is destroyed. */
export const isOver = (res: NodeResponse): boolean =>
  isHttp2(res) ? res.stream.closed || res.stream.destroyed : res.destroyed || res.req.socket.destroyed;
