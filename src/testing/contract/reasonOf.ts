import { quoted } from '../../errors';

/** Returns the message of an error, or any other value as text, for use within a message. */
export const reasonOf = (error: unknown): string =>
  quoted(error instanceof Error ? error.message : String(error));
