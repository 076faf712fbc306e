import { flat } from './flat';
import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** A complete line does not follow the format. The values before it have been delivered. */
export class StreamParseError extends HttpStreamError {
  declare readonly name: 'StreamParseError';
  /** The number of the line, counted from 1. Blank lines count too. */
  declare readonly lineNumber: number;
  /** The start of the line, in UTF-16 code units from the start of the text. */
  declare readonly offset: number;
  /** The first 100 characters of the line. */
  declare readonly excerpt: string;

  /** @param details - `line` is the text of the line. `expected` names the format of the line for the message. */
  constructor({
    line,
    expected = 'JSON',
    ...details
  }: {
    readonly line: string;
    readonly expected?: string | undefined;
  } & Pick<StreamParseError, 'lineNumber' | 'offset'> & { readonly cause?: unknown }) {
    super('StreamParseError', `Expected ${expected} in line ${details.lineNumber}, got: ${quoted(line)}`, {
      ...details,
      excerpt: flat(line.slice(0, 100)),
    });
  }
}

/** Whether a value is a {@link StreamParseError}, of any copy of this library. */
export const isStreamParseError = /* @__PURE__ */ guardFor<StreamParseError>('StreamParseError');
