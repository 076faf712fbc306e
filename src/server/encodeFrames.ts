import { joinedBytes } from '../protocol/joinedBytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Frame } from './frameQueue';

/**
 * Encodes frames as one chunk. Adjacent frames of text are joined and encoded by one call, because the cost of encoding
 * is mostly that of the call. A single frame of bytes is returned without a copy.
 */
export function encodeFrames(frames: readonly Frame[]): Uint8Array {
  let parts: Uint8Array[] | undefined;
  let text = '';
  for (const frame of frames) {
    if (typeof frame === 'string') text += frame;
    else {
      parts ??= [];
      if (text !== '') parts.push(encodeUtf8(text));
      parts.push(frame);
      text = '';
    }
  }
  // Most chunks are text alone, and need no list of parts.
  if (!parts) return encodeUtf8(text);
  if (text !== '') parts.push(encodeUtf8(text));
  return joinedBytes(parts);
}
