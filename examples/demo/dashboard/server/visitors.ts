import { randomUUID } from 'node:crypto';
import type { Visitor } from './visitor';

export interface Visitors {
  /** Finds a visitor by the cookies of a request. A request without the cookie has a visitor of its own. */
  readonly of: (cookies: string | null | undefined) => Visitor;
  /** Returns the cookie for the page: the one that its browser has, or a new one. */
  readonly cookie: (cookies: string | null) => string;
}

/** Visitors that the server remembers. The next one takes the place of the visitor who has been away for longest. */
const MOST = 1_000;
const COOKIE = /\bvisitor=([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/;

/** Tells visitors apart by a cookie. */
export function visitors(make: () => Visitor): Visitors {
  const known = new Map<string, Visitor>();
  const idOf = (cookies: string | null | undefined): string | undefined => COOKIE.exec(cookies ?? '')?.[1];

  return {
    of: (cookies) => {
      const id = idOf(cookies);
      // The page may have been loaded from a server before this one.
      const visitor = known.get(id ?? '') ?? make();
      if (id === undefined) return visitor;
      known.delete(id);
      known.set(id, visitor);
      const [oldest = ''] = known.keys();
      if (known.size > MOST) known.delete(oldest);
      return visitor;
    },
    cookie: (cookies) => `visitor=${idOf(cookies) ?? randomUUID()}; Path=/; HttpOnly; SameSite=Strict`,
  };
}
