/** Kept in one number: what a bitwise operation takes for a small whole number. */
const BITS = 30;

/** The kinds of the brackets that are open, a bit each: input may open as many as it has characters. */
export class Brackets {
  depth = 0;
  private readonly full: number[] = [];
  private kinds = 0;

  open(isObject: boolean): void {
    if (this.depth++ % BITS === 0) {
      this.full.push(this.kinds);
      this.kinds = 0;
    }
    this.kinds = (this.kinds << 1) | Number(isObject);
  }

  /** Closes the innermost bracket, and tells whether it is of that kind; only while one is open. */
  close(isObject: boolean): boolean {
    const matches = (this.kinds & 1) === Number(isObject);
    this.kinds >>>= 1;
    if (--this.depth % BITS === 0) this.kinds = this.full.pop() ?? 0;
    return matches;
  }
}
