/** The result of a whole text of NDJSON: the values up to the first line that is not JSON, and that line. */
export interface ReferenceNdjson {
  readonly values: readonly unknown[];
  readonly failure: 'StreamParseError' | 'StreamTruncatedError' | undefined;
  /** Of the line that failed, counted from 1, blank lines too. */
  readonly lineNumber: number | undefined;
}

/** NDJSON by splitting the whole text at its line feeds; byte order marks begin a line and are not part of it. */
export function referenceNdjson(text: string): ReferenceNdjson {
  const lines = text.split('\n').map((line) => line.replace(/^\ufeff+/, ''));
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    if (/[^ \t\r]/.test(line)) {
      try {
        values.push(JSON.parse(line));
      } catch {
        const isLast = index === lines.length - 1;
        const failure = isLast ? 'StreamTruncatedError' : 'StreamParseError';
        return { values, failure, lineNumber: index + 1 };
      }
    }
  }
  return { values, failure: undefined, lineNumber: undefined };
}
