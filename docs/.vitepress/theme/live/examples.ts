import type { Draft } from './draft';

/** Starting points of the page. */
export const EXAMPLES: Readonly<Record<string, readonly Draft[]>> = {
  'A cut, and the message after it': [
    { answer: 'stream', body: '-a-b-#' },
    { answer: 'stream', body: '-c-d' },
  ],
  'A message that is cut in half': [
    { answer: 'stream', body: '-a-B#' },
    { answer: 'stream', body: 'b-c' },
  ],
  'A server that is down': [
    { answer: 'stream', body: '-a#' },
    { answer: 'failed', body: '' },
    { answer: 'down', body: '' },
    { answer: 'stream', body: 'b-c' },
  ],
  'A clean end, and the end of the feed': [
    { answer: 'stream', body: '-a-(bc)|' },
    { answer: 'stop', body: '' },
  ],
  'A token that has expired': [
    { answer: 'stream', body: '-a-b-#' },
    { answer: 'refused', body: '' },
  ],
};
