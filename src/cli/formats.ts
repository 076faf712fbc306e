/** Formats that the command reads. */
export const FORMATS = ['sse', 'ndjson', 'text'] as const;

export type Format = (typeof FORMATS)[number];

/**
 * Finds the format of a content type.
 *
 * @param other - The format of any other type, and of `application/json`, which may be NDJSON or one JSON document.
 */
export function formatOf(contentType: string | null, other: Format): Format {
  const [essence = ''] = (contentType ?? '').split(';');
  switch (essence.trim().toLowerCase()) {
    case 'text/event-stream':
      return 'sse';
    case 'application/x-ndjson':
    case 'application/ndjson':
    case 'application/jsonl':
    case 'application/x-jsonl':
    case 'application/jsonlines':
    case 'application/x-jsonlines':
    case 'application/json-lines':
    case 'application/stream+json':
    case 'application/x-json-stream':
      return 'ndjson';
    default:
      return other;
  }
}
