/** A number that stands for a sequence of texts; any character that changes, changes it. */
export class Digest {
  private hash = 0x811c9dc5;
  count = 0;

  add(text: string): void {
    this.addText(text);
    this.count++;
    this.hash = Math.imul(this.hash ^ 0x1f, 0x01000193);
  }

  /** Text without borders: only the characters count, not how they were cut. */
  addText(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.hash = Math.imul(this.hash ^ text.charCodeAt(i), 0x01000193);
    }
  }

  toString(): string {
    return `${this.count} values, ${(this.hash >>> 0).toString(16)}`;
  }
}

/** Throws unless two digests, or sums, are the same. */
export function expectSame(contender: string, actual: unknown, expected: unknown): void {
  if (String(actual) !== String(expected)) {
    throw new Error(`${contender} gave ${String(actual)} instead of ${String(expected)}`);
  }
}
