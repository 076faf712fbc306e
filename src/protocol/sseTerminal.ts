import type { TextPlace } from './relayedText';

/**
 * The beginning of the comments in which a server of this library tells how its source ended. Other clients ignore
 * comments. The first comment announces that an end follows, and the last one is the end. A message cannot forge such a
 * comment, because `sseBlock` writes a space after the colon of each comment.
 */
export const TERMINAL = ':rxjs-http-streams';

/** Writes the first comment, which announces an end: a client then takes a stream without the end for a cut one. */
export const sseAnnouncement = (): string => `${TERMINAL}\n`;

/** Writes the end of a source that has completed. */
export const sseCompletion = (): string => `${TERMINAL} end\n\n`;

/**
 * Writes the end of a source that has failed, with the reason on one line. An unfinished block before it gets no blank
 * line, so that clients drop the block.
 */
export const sseFailure = (reason: string, place: TextPlace = 'block'): string =>
  `${place === 'within' ? '\n' : ''}${TERMINAL} error ${reason.replace(/\r\n?|\n/g, ' ')}\n${place === 'block' ? '\n' : ''}`;

/** Writes one line, an empty comment by default, or nothing within an unfinished line of the source's own bytes. */
export const sseNudge = (place: TextPlace, line = ':'): string =>
  ({ block: `${line}\n\n`, line: `${line}\n`, within: '' })[place];
