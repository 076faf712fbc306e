/** Finds the part of a JSON value at a path of names and indexes joined by dots. The path `.` is the value itself. */
export function partOf(value: unknown, path: string): unknown {
  let part = value;
  for (const key of path.split('.').filter(Boolean)) {
    // Own properties only: a path must not reach inherited members such as `constructor`.
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined;
    part = (part as Record<string, unknown>)[key];
  }
  return part;
}
