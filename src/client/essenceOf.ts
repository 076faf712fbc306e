/**
 * Finds the type and subtype that a content type says, in lower case: those of its last value that has both (WHATWG
 * Fetch, "extract a MIME type"). Empty without one. A pattern over the whole text could take quadratic time.
 */
export function essenceOf(contentType: string): string {
  // From the end, because the first that is found there is the last.
  for (const value of contentType.split(',').reverse()) {
    const essence = value.includes('/') ? (value.split(';', 1)[0] ?? '').trim() : '';
    if (essence.includes('/')) return essence.toLowerCase();
  }
  return '';
}
