/** What is at a path into a JSON value, names and indexes joined by dots; `.` is the value itself. Unset where nothing is. */
export function partOf(value: unknown, path: string): unknown {
  let part = value;
  for (const key of path.split('.').filter(Boolean)) {
    // Its own alone: a path is data, and must not reach what every object inherits.
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined;
    part = (part as Record<string, unknown>)[key];
  }
  return part;
}
