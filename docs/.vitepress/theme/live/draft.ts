/** The kinds of answers that a visitor can choose. */
export const ANSWERS = {
  stream: '200, and a body',
  stop: '204, the end of the feed',
  refused: '401, no access',
  down: '503, Retry-After: 5',
  failed: 'no connection',
} as const;

/** A connection of the server as a visitor describes it. */
export interface Draft {
  answer: keyof typeof ANSWERS;
  /** The marbles of the body, which only `stream` has. */
  body: string;
}
