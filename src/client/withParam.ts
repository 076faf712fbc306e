import { quoted } from '../errors';
import { MAX_EVENT_ID } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { ResolvedRequest } from './resolveRequest';

type Target = ResolvedRequest['target'];

/**
 * Writes the last event ID in the query of an address, in place of a parameter of this name. The rest of the address
 * stays as it is, so it may be relative. Throws a `TypeError` for an ID of more than 64 KiB.
 */
export function withParam(target: Target, name: string, id: string): Target {
  if (typeof target === 'string') return withQuery(target, name, id);
  return 'url' in target
    ? new Request(withQuery(target.url, name, id), target)
    : new URL(withQuery(target.href, name, id));
}

function withQuery(address: string, name: string, id: string): string {
  // A server could have its clients upload, at each reconnection, what it has compressed to next to nothing.
  if (encodeUtf8(id).length > MAX_EVENT_ID) {
    throw new TypeError(`lastEventId: no address can carry '${quoted(id)}'`);
  }
  const [beforeFragment, fragment] = cut(address, '#');
  const [path, query] = cut(beforeFragment, '?');
  const others = query
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !new URLSearchParams(`&${pair}`).has(name));
  // Not every server takes `+` for a space.
  const param = new URLSearchParams({ [name]: id }).toString().replaceAll('+', '%20');
  return `${path}?${[...others, param].join('&')}${fragment}`;
}

/** The text before the first `mark`, and the rest, which begins with it. */
function cut(text: string, mark: string): [before: string, rest: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
