import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A bulk request as the server has received it. */
export interface Received {
  readonly type: string | undefined;
  readonly body: string;
}

/**
 * Answers bulk requests in the format that Elasticsearch documents: an item for each document, in the order of the
 * documents. A document with `price` that is not a number is refused, as by a mapping of a number.
 */
export const bulkServer =
  (received: Received[]) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    received.push({ type: request.headers['content-type'], body });
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const documents = lines.filter((_, n) => n % 2 === 1);
    const items = documents.map(({ price }, n) => {
      const _index = (lines[2 * n] as { index: { _index: string } }).index._index;
      return typeof price === 'number'
        ? { index: { _index, _id: `id-${n}`, _version: 1, result: 'created', status: 201 } }
        : {
            index: {
              _index,
              _id: `id-${n}`,
              status: 400,
              error: { type: 'document_parsing_exception', reason: 'failed to parse field [price]' },
            },
          };
    });
    response.setHeader('content-type', request.headers.accept?.split(',')[0] ?? 'application/json');
    // The official client talks to nothing else.
    response.setHeader('x-elastic-product', 'Elasticsearch');
    response.end(JSON.stringify({ errors: items.some(({ index }) => index.status >= 400), took: 1, items }));
  };
