/** Collects hints about the values of a stream, for its user to read at the end of it. */
export interface Hints {
  /** Is called with the data of each value, also of one that is not printed. */
  readonly onValue: (data: string) => void;
  /** Is called with the part of each value at the path, `undefined` if the value has no such part. */
  readonly onPart: (part: unknown) => void;
  /** Returns the hints so far. Each is one line, and repeats no argument, because any argument may be a secret. */
  readonly list: () => string[];
}

/** The end marker of chat completions. */
const DONE = '[DONE]';

/** Makes the hints of one stream, before it is read. */
export function hintsOf({ until }: { readonly until: string | undefined }): Hints {
  let done = false;
  let lookups = 0;
  let found = false;

  return {
    onValue: (data) => {
      if (until === undefined && data === DONE) done = true;
    },
    onPart: (part) => {
      lookups++;
      if (part !== undefined) found = true;
    },
    list: () => [
      ...(done
        ? [
            `the stream sent ${DONE}: --until '${DONE}' ends there, and tells a whole answer from a cut one; see --help`,
          ]
        : []),
      ...(lookups > 0 && !found ? [`--json: ${nowhere(lookups)}; see --help`] : []),
    ],
  };
}

const nowhere = (values: number): string =>
  values === 1 ? 'the one value has no such path' : `none of the ${values} values has such a path`;
