/** The formats that the command reads. */
export const FORMATS = ['sse', 'ndjson', 'text'] as const;

export type Format = (typeof FORMATS)[number];

/**
 * Finds the format for a content type.
 *
 * @param other The format for any other type. `application/json` is one: it may be NDJSON, or one JSON document.
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
