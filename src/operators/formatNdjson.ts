import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { ndjsonLine } from '../protocol/ndjsonLine';

/**
 * Formats each value as a line of newline-delimited JSON, with its line feed.
 *
 * ```
 * values: --{a:1}-----null---|
 *         formatNdjson()
 * lines:  --{"a":1}↵--null↵--|
 * ```
 *
 * Completes with the source. Errors with the source, or with a `TypeError` that names the value's index (from 0) if
 * JSON cannot express the value: `undefined`, a function, a symbol, a cycle or a BigInt.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { formatNdjson } from 'rxjs-http-streams';
 *
 * of({ a: 1 }, null).pipe(formatNdjson()).subscribe((line) => process.stdout.write(line));
 * ```
 *
 * @see {@link parseNdjson} reads such lines.
 */
export function formatNdjson<T>(): OperatorFunction<T, string> {
  return map((value, index) => ndjsonLine(value, index));
}
