import fc from 'fast-check';

/** A whole, and the pieces it may arrive in; joined they are the whole again. */
export interface Split<T> {
  readonly whole: T;
  readonly chunks: readonly T[];
}

function cut<T extends string | Uint8Array>(whole: T, places: readonly number[]): T[] {
  const ends = [...places, whole.length].sort((a, b) => a - b);
  return ends.map((end, index) => whole.slice(index === 0 ? 0 : ends[index - 1], end) as T);
}

/** Cuts bytes or text at any places: within characters, between CR and LF, twice at the same one (an empty chunk). */
export function splits<T extends string | Uint8Array>(wholes: fc.Arbitrary<T>): fc.Arbitrary<Split<T>> {
  return wholes.chain((whole) =>
    fc
      .oneof(
        { arbitrary: fc.array(fc.nat(whole.length), { maxLength: 12 }), weight: 4 },
        { arbitrary: fc.constant(Array.from({ length: whole.length }, (_, index) => index)), weight: 1 },
      )
      .map((places) => ({ whole, chunks: cut(whole, places) })),
  );
}
