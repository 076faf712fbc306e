/** Event of a Docker engine. Its nanoseconds since 1970 have more digits than a number holds. */
export interface DockerEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly timeNano: bigint;
}

/** Parses a line of events. */
export const parse = (line: string): DockerEvent => ({
  ...(JSON.parse(line) as DockerEvent),
  timeNano: BigInt(/"timeNano":(\d+)/.exec(line)?.[1] ?? 0),
});
