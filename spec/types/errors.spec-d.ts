import { isHttpStreamError, isStreamLimitError, isStreamOverflowError } from 'rxjs-http-streams';
import type {
  ContentTypeError,
  HttpStatusError,
  StreamGapError,
  StreamLimitError,
  StreamNetworkError,
  StreamOverflowError,
  StreamParseError,
  StreamServerError,
  StreamTimeoutError,
  StreamTruncatedError,
  StreamValidationError,
} from 'rxjs-http-streams';
import { describe, expectTypeOf, it } from 'vitest';

declare const error: unknown;

describe('types', () => {
  it('of any error of the library are the union of its classes, which the name tells apart', () => {
    if (!isHttpStreamError(error)) return;
    expectTypeOf(error).toEqualTypeOf<
      | ContentTypeError
      | HttpStatusError
      | StreamGapError
      | StreamLimitError
      | StreamNetworkError
      | StreamOverflowError
      | StreamParseError
      | StreamServerError
      | StreamTimeoutError
      | StreamTruncatedError
      | StreamValidationError
    >();
    if (error.name === 'StreamServerError') expectTypeOf(error.reason).toEqualTypeOf<string>();
    if (error.name === 'StreamTimeoutError') expectTypeOf(error).toEqualTypeOf<StreamTimeoutError>();
  });

  it('of limits name the option that sets them', () => {
    if (isStreamLimitError(error)) {
      expectTypeOf(error.option).toEqualTypeOf<'maxLineLength' | 'maxMessageLength' | 'maxValueLength'>();
    }
    if (isStreamOverflowError(error)) {
      expectTypeOf(error.option).toEqualTypeOf<
        'maxBuffered' | 'maxBufferedBytes' | 'stallTimeout' | undefined
      >();
    }
  });
});
