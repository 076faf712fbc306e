/** What can be read. */
export const FORMATS = ['sse', 'ndjson', 'text'] as const;

export type Format = (typeof FORMATS)[number];

/**
 * What a content type says of the format.
 *
 * @param other What anything else is: many servers send NDJSON as plain JSON, and a document of JSON looks the same.
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
