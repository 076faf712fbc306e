/** Gives the response that is to be read; each call gives a new one. */
export type Open = () => Promise<Response>;

/** Reads a response to its end and hands over every message, with the type and ID that the contender gives it. */
export type ReadMessages = (
  open: Open,
  take: (data: string, type?: string | null, id?: string | number | null) => void,
) => Promise<unknown>;

/**
 * Reads a response to its end and hands over every value. `texts` gives the values' own, split and decoded already,
 * to what is no reader but the floor under one.
 */
export type ReadValues = (
  open: Open,
  take: (value: unknown) => void,
  texts: () => readonly string[],
) => Promise<unknown>;

/** Reads a response to its end and hands over its text, in pieces of any length. */
export type ReadText = (open: Open, take: (text: string) => void) => Promise<unknown>;

/** A reader of messages, and `JSON.parse` on what they hold. */
export const parsing =
  (read: ReadMessages): ReadValues =>
  (open, take) =>
    read(open, (data) => {
      take(JSON.parse(data));
    });

/** The address that responses claim to come from; no contender connects to it. */
export const URL_OF_NOWHERE = 'http://localhost/';
