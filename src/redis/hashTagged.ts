/**
 * The beginning of keys that are stored where `key` is: a cluster chooses the server by what stands in the first braces
 * (Redis cluster specification, "Hash tags").
 */
export const hashTagged = (key: string): string => (key.includes('{') ? key : `{${key}}`);
