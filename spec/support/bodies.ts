import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import type { BodyOptions, BodySource } from 'rxjs-http-streams';

/** Options that every maker takes, for values of any type. */
export type CommonOptions = Omit<BodyOptions<never>, 'overflow'>;

/** One of the three makers of bodies, with strings for values: what holds for all of them is said once. */
export interface Body {
  readonly name: string;
  readonly make: (source: BodySource<string>, options?: CommonOptions) => ReadableStream<Uint8Array>;
  /** Text before the first value. */
  readonly opening: string;
  /** Formats a value. */
  readonly frame: (value: string) => string;
  /** Text after the last value. */
  readonly completion: string;
  /** Text after the last value where the source has failed. */
  readonly failure: string;
}

export const bodies: readonly Body[] = [
  {
    name: 'toChunkedBody',
    make: (source, options) => toChunkedBody(source, options),
    opening: '',
    frame: (value) => value,
    completion: '',
    failure: '',
  },
  {
    name: 'toNdjsonBody',
    make: (source, options) => toNdjsonBody(source, options),
    opening: '',
    frame: (value) => `"${value}"\n`,
    completion: '',
    failure: '',
  },
  {
    name: "toNdjsonBody with terminal: 'notification'",
    make: (source, options) => toNdjsonBody(source, { ...options, terminal: 'notification' }),
    opening: '',
    frame: (value) => `{"kind":"N","value":"${value}"}\n`,
    completion: '{"kind":"C"}\n',
    failure: '{"kind":"E","error":"Internal error"}\n',
  },
  {
    name: 'toSseBody',
    make: (source, options) => toSseBody(source, options),
    opening: ':rxjs-http-streams\n\n',
    frame: (value) => `data: ${value}\n\n`,
    completion: ':rxjs-http-streams end\n\n',
    failure: ':rxjs-http-streams error Internal error\n\n',
  },
];
