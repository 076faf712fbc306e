import * as library from 'rxjs-http-streams';
import * as testing from 'rxjs-http-streams/testing';
import { expect, it } from 'vitest';

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
    [
      "ContentTypeError",
      "HttpStatusError",
      "HttpStreamError",
      "StreamLimitError",
      "StreamNetworkError",
      "StreamParseError",
      "StreamTimeoutError",
      "StreamTruncatedError",
      "StreamValidationError",
      "decodeText",
      "encodeText",
      "endOn",
      "formatNdjson",
      "formatSse",
      "fromChunkedFetch",
      "fromEventSource",
      "fromNdjsonFetch",
      "isContentTypeError",
      "isHttpStatusError",
      "isHttpStreamError",
      "isStreamLimitError",
      "isStreamNetworkError",
      "isStreamParseError",
      "isStreamTimeoutError",
      "isStreamTruncatedError",
      "isStreamValidationError",
      "parseJson",
      "parseNdjson",
      "parseSse",
      "splitLines",
    ]
  `);
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "chunksOf",
      "marbleFetch",
      "utf8",
    ]
  `);
});
