/** The iterator that a loop over it would have. */
export const iteratorOf = <T>(iterable: AsyncIterable<T>): AsyncIterator<T> =>
  iterable[Symbol.asyncIterator]();

/** A result that is a value. */
export const next = <T>(value: T): IteratorResult<T, undefined> => ({ done: false, value });

/** The result that is the end. */
export const done = { done: true, value: undefined };

/** Records the values that a loop sees, and the error that it throws as the last of them. */
export async function seenIn<T>(iterable: AsyncIterable<T>): Promise<unknown[]> {
  const seen: unknown[] = [];
  try {
    for await (const value of iterable) seen.push(value);
  } catch (error) {
    seen.push(error);
  }
  return seen;
}
