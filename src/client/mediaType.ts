/** The essence of a media type (WHATWG MIME Sniffing §3): its type and subtype, in lower case, without parameters. */
export const essence = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase();

/** The `charset` of a response's content type, if the platform can decode it. */
export function charset(headers: Headers): string | undefined {
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers.get('content-type') ?? '')?.[1];
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined; // As browsers do with a label nobody knows: UTF-8.
  }
}
