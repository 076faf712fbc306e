import type { StandardSchema } from '../flow/validate';

/**
 * Makes a Standard Schema that only gives values a type. It checks nothing and passes the values on unchanged. It is
 * also a parser for `parseMessages`.
 *
 * A type argument (`fromNdjsonFetch<Row>(url)`) is shorter, but with one explicit type argument the compiler infers no
 * other: the result of `fromNdjsonFetch<Row>(url, { project })` is `unknown`. With `schema: typed<Row>()` the compiler
 * infers the result of `project`.
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
