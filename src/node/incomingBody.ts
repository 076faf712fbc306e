import { throwError } from 'rxjs';
import { isBytes } from '../server/isBytes';
import { toChunkedBody } from '../server/toChunkedBody';
import { isHttp2 } from './exchange';
import type { NodeRequest } from './exchange';

/** Members of a request that body parsers set, such as those of Express, Nest and cloud functions. */
interface Parsed {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** Body of a request. */
export interface IncomingBody {
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Whether the headers describe this body. They do not after a parser has decompressed it, or changed its length. */
  readonly isAsSent: boolean;
}

const NONE: IncomingBody = { body: undefined, isAsSent: true };

/** Returns the body of a request: the unread message, or the result of a parser that has read the message before. */
export function incomingBody(req: NodeRequest): IncomingBody {
  if (req.method === 'GET' || req.method === 'HEAD' || isEmpty(req)) return NONE;
  if (!req.readableDidRead) return { body: streamOf(req), isAsSent: true };
  const { body, rawBody } = req as Parsed;
  const kept = [rawBody, body].find((value) => typeof value === 'string' || isBytes(value));
  const text = kept ?? textOf(body, req.headers['content-type']);
  return text === undefined ? { body: refused(), isAsSent: true } : { body: text, isAsSent: false };
}

/**
 * Whether a request has no body. On HTTP/1.1 it has none without a length and without chunks (RFC 9112 §6.3), and on
 * HTTP/2 its headers end the stream.
 */
function isEmpty(req: NodeRequest): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  return isHttp2(req) ? req.stream.endAfterHeaders || length === '0' : !encoding && !Number(length);
}

/** Returns a lazy stream of the message. Cancelling the stream does not close the connection. */
const streamOf = (req: NodeRequest): ReadableStream<Uint8Array> =>
  toChunkedBody({ [Symbol.asyncIterator]: () => chunksOf(req) }, { mapError: messageOf });

function chunksOf(req: NodeRequest): AsyncIterator<Uint8Array> {
  const chunks = req.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  return {
    next: () => chunks.next(),
    return: async () => {
      await chunks.return?.();
      // Discards the rest, as Node itself does with a body that is not read at all.
      req.resume();
      return { done: true, value: undefined };
    },
  };
}

/** Serializes the result of a body parser again. Returns `undefined` for a type that has no unique serialization. */
function textOf(body: unknown, type = ''): string | undefined {
  if (body === undefined) return undefined;
  if (/[/+]json\b/i.test(type)) return JSON.stringify(body);
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined;
  const fields = Object.entries(Object(body) as object);
  const pairs = fields.flatMap(([name, value]) => [value].flat().map((one: unknown) => [name, one] as const));
  // Parsers disagree on the notation of nested fields.
  if (!pairs.every(([, value]) => typeof value === 'string')) return undefined;
  return new URLSearchParams(pairs as [string, string][]).toString();
}

const messageOf = (error: unknown): string => (error as Error).message;

/** Returns a body that fails when it is read, because a handler may answer the request without its body. */
const refused = (): ReadableStream<Uint8Array> =>
  toChunkedBody(
    throwError(
      () =>
        new TypeError(
          'The body of this request was read already, and neither `rawBody` nor `body` has it: keep the raw body ' +
            '(`verify` of a body parser, `rawBody: true` of Nest), or leave this route out of the parser.',
        ),
    ),
    { mapError: messageOf },
  );
