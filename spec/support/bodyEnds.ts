import type { BodyEnd } from 'rxjs-http-streams';
import { beforeEach } from 'vitest';

/** Collects how bodies end, for each test of the file anew. */
export function bodyEnds(): {
  readonly ends: readonly BodyEnd[];
  readonly onEnd: (end: BodyEnd) => void;
} {
  const ends: BodyEnd[] = [];
  beforeEach(() => {
    ends.length = 0;
  });
  return {
    ends,
    onEnd: (end) => {
      ends.push(end);
    },
  };
}
