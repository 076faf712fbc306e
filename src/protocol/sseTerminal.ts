import type { TextPlace } from './relayedText';

/**
 * How a stream says in comments, which every client ignores, how it ended: it announces that it will, and then does.
 * What `sseBlock` writes has a space after the colon, so no message can forge it.
 */
export const TERMINAL = ':rxjs-http-streams';

/** First in a stream that says how it ended. */
export const sseAnnouncement = (): string => `${TERMINAL}\n`;
/** Last in one that has completed. */
export const sseCompletion = (): string => `${TERMINAL} end\n\n`;
/**
 * Last in one that has failed; the reason becomes one line. A block that is under way is left without its blank line,
 * so that clients drop it.
 */
export const sseFailure = (reason: string, place: TextPlace = 'block'): string =>
  `${place === 'within' ? '\n' : ''}${TERMINAL} error ${reason.replace(/\r\n?|\n/g, ' ')}\n${place === 'block' ? '\n' : ''}`;
/** A comment, and nothing else; nothing at all within somebody's line. */
export const sseNudge = (place: TextPlace): string => ({ block: ':\n\n', line: ':\n', within: '' })[place];
