/** The id before the first entry of every stream. */
export const BEFORE_ALL = '0-0';

const MAX_PART = 18_446_744_073_709_551_615n;
const ID = /^(0|[1-9]\d{0,19})-(0|[1-9]\d{0,19})$/;

/** The two numbers of an id, of 64 bits each; none where it is not the id of an entry. */
function partsOf(id: string): readonly [bigint, bigint] | undefined {
  const [, time, count] = ID.exec(id) ?? [];
  if (time === undefined || count === undefined) return undefined;
  const parts = [BigInt(time), BigInt(count)] as const;
  return parts.every((part) => part <= MAX_PART) ? parts : undefined;
}

/** Whether a text is the whole id of an entry: the commands take halves of ids, too, and refuse all else. */
export const isId = (text: string): boolean => partsOf(text) !== undefined;

/** Whether an entry comes later in a stream than another one. */
export function isAfter(id: string, other: string): boolean {
  const [time, count] = partsOf(id) ?? [0n, 0n];
  const [otherTime, otherCount] = partsOf(other) ?? [0n, 0n];
  return time > otherTime || (time === otherTime && count > otherCount);
}
