/** Brackets that share one number, one bit each: engines keep a whole number of 30 bits without an object for it. */
const BITS = 30;

/**
 * Keeps the kinds of the open brackets in one bit each, because hostile input can open as many as it has characters.
 */
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

  /** Closes the innermost bracket, and returns whether it is of that kind. At least one bracket has to be open. */
  close(isObject: boolean): boolean {
    const matches = (this.kinds & 1) === Number(isObject);
    this.kinds >>>= 1;
    if (--this.depth % BITS === 0) this.kinds = this.full.pop() ?? 0;
    return matches;
  }
}
