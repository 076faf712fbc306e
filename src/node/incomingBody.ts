import { throwError } from 'rxjs';
import { isBytes } from '../server/isBytes';
import { toChunkedBody } from '../server/toChunkedBody';
import { isHttp2 } from './exchange';
import type { NodeRequest } from './exchange';

/** Members that body parsers set: those of Express, Nest and functions in a cloud. */
interface Parsed {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** The body of a request. */
export interface IncomingBody {
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Whether the headers describe it. A parser has inflated what it has read, and may have lost the length. */
  readonly isAsSent: boolean;
}

const NONE: IncomingBody = { body: undefined, isAsSent: true };

/** Finds the body of a request: the rest of the message, or what a parser that has read it made of it. */
export function incomingBody(req: NodeRequest): IncomingBody {
  if (req.method === 'GET' || req.method === 'HEAD' || isEmpty(req)) return NONE;
  if (!req.readableDidRead) return { body: streamOf(req), isAsSent: true };
  const { body, rawBody } = req as Parsed;
  const kept = [rawBody, body].find((value) => typeof value === 'string' || isBytes(value));
  const text = kept ?? textOf(body, req.headers['content-type']);
  return text === undefined ? { body: refused(), isAsSent: true } : { body: text, isAsSent: false };
}

/** Without a length and without chunks there is no body (RFC 9112 §6.3); HTTP/2 says it with the headers. */
function isEmpty(req: NodeRequest): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  return isHttp2(req) ? req.stream.endAfterHeaders || length === '0' : !encoding && !Number(length);
}

/** A stream that reads the message when it is read, and whose cancellation leaves the connection alone. */
const streamOf = (req: NodeRequest): ReadableStream<Uint8Array> =>
  toChunkedBody({ [Symbol.asyncIterator]: () => chunksOf(req) }, { mapError: messageOf });

function chunksOf(req: NodeRequest): AsyncIterator<Uint8Array> {
  const chunks = req.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  return {
    next: () => chunks.next(),
    return: async () => {
      await chunks.return?.();
      // The rest is discarded, as Node does with a body that is not read at all.
      req.resume();
      return { done: true, value: undefined };
    },
  };
}

/** Writes what a parser has made of a body once more. */
function textOf(body: unknown, type = ''): string | undefined {
  if (body === undefined) return undefined;
  if (/[/+]json\b/i.test(type)) return JSON.stringify(body);
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined;
  const fields = Object.entries(Object(body) as object);
  const pairs = fields.flatMap(([name, value]) => [value].flat().map((one: unknown) => [name, one] as const));
  // Fields within fields have no one way to be written.
  if (!pairs.every(([, value]) => typeof value === 'string')) return undefined;
  return new URLSearchParams(pairs as [string, string][]).toString();
}

const messageOf = (error: unknown): string => (error as Error).message;

/** A request may be answered without its body: it fails when the body is asked for. */
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
