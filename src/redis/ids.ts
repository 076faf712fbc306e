/** The ID that is lower than that of any entry. */
export const BEFORE_ALL = '0-0';

const MAX_PART = 18_446_744_073_709_551_615n;
const ID = /^(0|[1-9]\d{0,19})-(0|[1-9]\d{0,19})$/;

/** Parses an ID to its two numbers of 64 bits. Returns `undefined` for a text that is not the ID of an entry. */
function partsOf(id: string): readonly [bigint, bigint] | undefined {
  const [, time, count] = ID.exec(id) ?? [];
  if (time === undefined || count === undefined) return undefined;
  const parts = [BigInt(time), BigInt(count)] as const;
  return parts.every((part) => part <= MAX_PART) ? parts : undefined;
}

/** Whether a text is a complete ID. The commands also accept one half of an ID, and fail for any other text. */
export const isId = (text: string): boolean => partsOf(text) !== undefined;

/** Whether the entry with `id` comes later in a stream than the entry with `other`. */
export function isAfter(id: string, other: string): boolean {
  const [time, count] = partsOf(id) ?? [0n, 0n];
  const [otherTime, otherCount] = partsOf(other) ?? [0n, 0n];
  return time > otherTime || (time === otherTime && count > otherCount);
}
