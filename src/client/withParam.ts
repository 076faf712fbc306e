import { quoted } from '../errors';
import { MAX_EVENT_ID } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { ResolvedRequest } from './resolveRequest';

/** Splits any text into the part before the query, the query without its `?`, and the fragment with its `#`. */
const URL_PARTS = /^([^?#]*)\??([^#]*)([^]*)$/;

type Target = ResolvedRequest['target'];

/**
 * Writes the last event ID to a parameter in the query of a URL, and replaces a parameter of the same name. The rest of
 * the URL stays unchanged and may be relative. Throws a `TypeError` for an ID of more than 64 KiB.
 */
export function withParam(target: Target, name: string, id: string): Target {
  // Without a limit a server could send a long ID compressed to a few bytes, and have its clients upload it each time.
  if (encodeUtf8(id).length > MAX_EVENT_ID) {
    throw new TypeError(`lastEventId: no address can carry '${quoted(id)}'`);
  }
  const { url } = target as Partial<Request>;
  const parts = URL_PARTS.exec(url ?? `${target as string | URL}`);
  const [, path, query, fragment] = parts as unknown as readonly [string, string, string, string];
  const others = query.split('&').filter((pair) => pair !== '' && !new URLSearchParams(`&${pair}`).has(name));
  // Not every server decodes `+` to a space.
  const param = new URLSearchParams({ [name]: id }).toString().replaceAll('+', '%20');
  const address = `${path}?${[...others, param].join('&')}${fragment}`;
  if (url !== undefined) return new Request(address, target as Request);
  return typeof target === 'string' ? address : new URL(address);
}
