/** End of a source: a completion or a failure. */
export interface SourceEnd {
  readonly failed: boolean;
  readonly error?: unknown;
}
