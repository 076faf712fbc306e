/** A process has ended, and something was still asked of it. */
export class ProcessDeath extends Error {
  override readonly name = 'ProcessDeath';

  /**
   * @param signal - The signal that has ended the process, if one has.
   * @param words - The end of what the process has written to its standard error.
   */
  constructor(
    process: string,
    code: number | null,
    readonly signal: string | null,
    readonly words: string,
  ) {
    super(`${process} has ended with ${signal ?? `code ${String(code)}`}`);
  }
}
