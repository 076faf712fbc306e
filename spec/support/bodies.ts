import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import type { BodyOptions, BodySource } from 'rxjs-http-streams';

/** What every maker takes, whatever its values are. */
export type CommonOptions = Omit<BodyOptions<never>, 'overflow'>;

/** One of the three makers of bodies, with strings for values: what holds for all of them is said once. */
export interface Body {
  readonly name: string;
  readonly make: (source: BodySource<string>, options?: CommonOptions) => ReadableStream<Uint8Array>;
  /** What comes before the first value. */
  readonly opening: string;
  /** How a value looks on the wire. */
  readonly frame: (value: string) => string;
  /** What comes after the last. */
  readonly completion: string;
  /** What comes instead where the source has failed. */
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
