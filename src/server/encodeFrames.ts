import { encodeUtf8 } from '../protocol/text';
import type { Frame } from './frameQueue';

/** Frames as one chunk. Text is encoded once for all of them: that costs by the call. Bytes alone are not even copied. */
export function encodeFrames(frames: readonly Frame[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let text = '';
  const endText = (): void => {
    if (text !== '') parts.push(encodeUtf8(text));
    text = '';
  };
  for (const frame of frames) {
    if (typeof frame === 'string') {
      text += frame;
    } else {
      endText();
      parts.push(frame);
    }
  }
  endText();
  const [first] = parts;
  return first && parts.length === 1 ? first : concatenated(parts);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
