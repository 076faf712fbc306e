import { describe, expect, it } from 'vitest';
import { formatOf } from '../../src/cli/formats';
import { readers } from '../support/readers';

describe('formatOf', () => {
  it.each([
    ['text/event-stream', 'sse'],
    ['Text/Event-Stream; charset=utf-8', 'sse'],
    ['application/x-ndjson', 'ndjson'],
    ['application/ndjson;charset=UTF-8', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['application/json-lines', 'ndjson'],
  ] as const)('knows %s', (contentType, format) => {
    expect(formatOf(contentType, 'text')).toBe(format);
  });

  it.each(readers.filter(({ mediaType }) => mediaType !== 'text/plain'))(
    'knows the media type of $name',
    ({ mediaType }) => {
      expect(formatOf(mediaType, 'sse')).toBe(formatOf(mediaType, 'text'));
    },
  );

  it.each(['application/json', 'text/plain', 'text/event-stream-not', '', null])(
    'takes %s for what anything else is',
    (contentType) => {
      expect(formatOf(contentType, 'text')).toBe('text');
      expect(formatOf(contentType, 'ndjson')).toBe('ndjson');
    },
  );
});
