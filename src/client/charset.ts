/** Reads the `charset` of a content type. Returns `undefined` if there is none that the platform can decode. */
export function charset(headers: Headers): string | undefined {
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers.get('content-type') ?? '')?.[1];
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined; // Browsers, too, use UTF-8 for a label that they do not know.
  }
}
