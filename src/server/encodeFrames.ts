import { joinedBytes } from '../protocol/joinedBytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Frame } from './frameQueue';

/**
 * Encodes frames as one chunk. Adjacent frames of text are joined and encoded by one call, because the cost of encoding
 * is mostly that of the call. A single frame of bytes is returned without a copy.
 */
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
  return joinedBytes(parts);
}
