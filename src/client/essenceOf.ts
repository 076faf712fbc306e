/**
 * Returns the type and subtype of a content type in lower case, or an empty text without them. Of several values the
 * last that has both counts (WHATWG Fetch, "extract a MIME type"). The text is split because a regular expression over
 * the whole text could take quadratic time.
 */
export function essenceOf(contentType: string): string {
  // Search from the end: the first match there is the last value.
  for (const value of contentType.split(',').reverse()) {
    const essence = value.includes('/') ? (value.split(';', 1)[0] ?? '').trim() : '';
    if (essence.includes('/')) return essence.toLowerCase();
  }
  return '';
}
