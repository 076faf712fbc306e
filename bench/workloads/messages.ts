import { valuesOf } from './values';
import type { ShapeName } from './values';

/** A message, and what it looks like on the wire. */
export interface WireMessage {
  readonly data: string;
  readonly type: string;
  readonly id: string;
  readonly wire: string;
}

/** Styles of writing messages. */
const styles = {
  /** One line of data. */
  plain: (data: string) => message(data, `data: ${data}\n\n`),
  named: (data: string, index: number) => ({
    data,
    type: 'update',
    id: String(1e9 + index),
    wire: `id: ${1e9 + index}\nevent: update\ndata: ${data}\n\n`,
  }),
  'many lines': (data: string) => {
    const lines = data.split(',');
    return message(lines.join('\n'), `${lines.map((line) => `data: ${line}\n`).join('')}\n`);
  },
  crlf: (data: string) => message(data, `data: ${data}\r\n\r\n`),
  heartbeats: (data: string) => message(data, `data: ${data}\n\n: keep-alive\n\n`),
} as const satisfies Record<string, (data: string, index: number) => WireMessage>;

const message = (data: string, wire: string): WireMessage => ({ data, type: 'message', id: '', wire });

export type StyleName = keyof typeof styles;

/** About `bytes` bytes of messages whose data are values of a shape. */
export function messagesOf(shape: ShapeName, style: StyleName, bytes: number): WireMessage[] {
  const write: (data: string, index: number) => WireMessage = styles[style];
  return valuesOf(shape, bytes).map((value, index) => write(JSON.stringify(value), index));
}
