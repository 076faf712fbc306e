import { joinedBytes } from '../protocol/joinedBytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Frame } from './frameQueue';

/**
 * Frames as one chunk. Text is encoded once for all of them: that costs by the call. Bytes alone are not even copied.
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
