/**
 * Returns a prefix for keys that must be on the same server as `key`. A cluster chooses the server by the text in the
 * first braces of a key (Redis cluster specification, "Hash tags").
 */
export const hashTagged = (key: string): string => (key.includes('{') ? key : `{${key}}`);
