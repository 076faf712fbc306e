/** Writes virtual milliseconds as people read them: `3 ms`, `23.002 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(3))} s`;
}
