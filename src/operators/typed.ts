import type { StandardSchema } from '../flow/validate';

/**
 * A Standard Schema that checks nothing: it gives values a type, and passes them on as they are.
 *
 * A type argument (`fromNdjsonFetch<Row>(url)`) is shorter. But a compiler that is told one type argument infers none: the
 * result of `fromNdjsonFetch<Row>(url, { project })` is `unknown`, where `schema: typed<Row>()` lets it follow `project`. It is a
 * parser of `parseMessages` as well.
 *
 * @example
 * ```ts
 * import { fromNdjsonFetch, typed } from 'rxjs-http-streams';
 *
 * fromNdjsonFetch('https://example.com/rows.ndjson', {
 *   schema: typed<{ id: number }>(),
 *   project: async (row) => (await fetch(`https://example.com/rows/${row.id}`)).text(),
 * }).subscribe((text) => console.log(text.length));
 * ```
 */
export const typed = <T>(): StandardSchema<T> => ({
  '~standard': { version: 1, vendor: 'rxjs-http-streams', validate: (value) => ({ value: value as T }) },
});
