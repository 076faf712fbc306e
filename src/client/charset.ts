/** The `charset` of a response's content type, if the platform can decode it. */
export function charset(headers: Headers): string | undefined {
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers.get('content-type') ?? '')?.[1];
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined; // As browsers do with a label nobody knows: UTF-8.
  }
}
