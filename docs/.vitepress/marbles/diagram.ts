/** A point on a line of a diagram. */
export interface Mark {
  /** Time in virtual milliseconds. */
  readonly frame: number;
  /** A value, the regular end, an error or a cut, or the client that aborts. */
  readonly kind: 'value' | 'complete' | 'error' | 'abort';
  /** The text in a marble, or the words for an end in the description. */
  readonly text: string;
}

/** One line of a diagram: a source, a connection or a result. */
export interface Track {
  readonly name: string;
  /** The frame at which the line begins. */
  readonly start: number;
  readonly marks: readonly Mark[];
  /** A remark above the beginning of the line, such as the Last-Event-ID of a request. */
  readonly note?: string | undefined;
}

/** A marble diagram: what goes in, the code, and what comes out. */
export interface Diagram {
  readonly title: string;
  readonly inputs: readonly Track[];
  readonly code: readonly string[];
  readonly outputs: readonly Track[];
  /** The values whose text is too long for a marble, by the name of their line and their marble. */
  readonly legend: readonly { readonly track: string; readonly marble: string; readonly value: string }[];
}
