import type { SseMessage } from 'rxjs-http-streams';
import { referenceSse } from './referenceSse';

/** The outcome of an event stream that ends cleanly where no other connection follows. */
export interface ReferenceSseEnd {
  readonly messages: readonly SseMessage[];
  /** The `pending` of the `StreamTruncatedError`; unset where the stream completes. */
  readonly pending: string | undefined;
}

/** The documentation of `onIncomplete`, over the whole text without its byte order mark. */
export function referenceSseEnd(
  text: string,
  onIncomplete: 'dispatch' | 'error' | 'drop' = 'dispatch',
): ReferenceSseEnd {
  const { messages, lastEventId } = referenceSse(text);
  const lines = text.split(/\r\n|\r|\n/);
  const half = lines.pop() ?? '';
  const block = lines.slice(lines.lastIndexOf('') + 1);
  const valuesOf = (name: string): string[] =>
    block.flatMap((line) => {
      const colon = line.indexOf(':');
      if ((colon < 0 ? line : line.slice(0, colon)) !== name) return [];
      return [colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')];
    });
  const type = valuesOf('event').at(-1) ?? '';
  const id = valuesOf('id')
    .filter((value) => !value.includes('\0'))
    .at(-1);
  const data = valuesOf('data');
  const left = [
    ...(type === '' ? [] : [`event: ${type}\n`]),
    ...(id === undefined || id === lastEventId ? [] : [`id: ${id}\n`]),
    ...data.map((value) => `data: ${value}\n`),
    half,
  ].join('');

  if (onIncomplete === 'drop') return { messages, pending: undefined };
  if (half !== '' || (onIncomplete === 'error' && left !== '')) return { messages, pending: left };
  return { messages: referenceSse(`${text}\n\n`).messages, pending: undefined };
}
