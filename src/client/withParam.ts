import { quoted } from '../errors';
import { MAX_EVENT_ID } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { ResolvedRequest } from './resolveRequest';

/** The parts of a URL: all before the query, the query without its `?`, and the fragment with its `#`. */
const URL_PARTS = /^([^?#]*)\??([^#]*)([^]*)$/;

type Target = ResolvedRequest['target'];

/**
 * Writes the last event ID to a parameter in the query of a URL, and replaces a parameter of the same name. The rest of
 * the URL stays unchanged and may be relative. Throws a `TypeError` for an ID of more than 64 KiB.
 */
export function withParam(target: Target, name: string, id: string): Target {
  if (typeof target === 'string') return withQuery(target, name, id);
  return 'url' in target
    ? new Request(withQuery(target.url, name, id), target)
    : new URL(withQuery(target.href, name, id));
}

function withQuery(address: string, name: string, id: string): string {
  // Without a limit a server could send a long ID compressed to a few bytes, and have its clients upload it each time.
  if (encodeUtf8(id).length > MAX_EVENT_ID) {
    throw new TypeError(`lastEventId: no address can carry '${quoted(id)}'`);
  }
  const [, path = '', query = '', fragment = ''] = URL_PARTS.exec(address) ?? [];
  const others = query.split('&').filter((pair) => pair !== '' && !new URLSearchParams(`&${pair}`).has(name));
  // Not every server decodes `+` to a space.
  const param = new URLSearchParams({ [name]: id }).toString().replaceAll('+', '%20');
  return `${path}?${[...others, param].join('&')}${fragment}`;
}
