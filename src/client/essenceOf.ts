/**
 * Finds the type and subtype that a content type says, in lower case: those of its last value that has both (WHATWG
 * Fetch, "extract a MIME type"). Empty without one. A pattern over the whole text could take quadratic time.
 */
export function essenceOf(contentType: string): string {
  const essences = contentType.split(',').map((value) => (value.split(';', 1)[0] ?? '').trim().toLowerCase());
  return essences.filter((essence) => essence.includes('/')).pop() ?? '';
}
