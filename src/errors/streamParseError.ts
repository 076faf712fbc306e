import { flat } from './flat';
import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** A whole line is not what the format says; the values before it were delivered. */
export class StreamParseError extends HttpStreamError {
  declare readonly name: 'StreamParseError';
  /** The line, counted from 1, blank ones too. */
  declare readonly lineNumber: number;
  /** Where the line begins, in UTF-16 code units from the start of the text. */
  declare readonly offset: number;
  /** The first 100 characters of the line. */
  declare readonly excerpt: string;

  /** @param details - `line` is the text of the line, `expected` in words what it should have been, JSON if omitted. */
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

/** Tells a {@link StreamParseError} from other values. */
export const isStreamParseError = /* @__PURE__ */ guardFor<StreamParseError>('StreamParseError');
