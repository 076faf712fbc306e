import type { SseMessageInit } from '../../protocol/sseMessage';

/** Returns the id of each message. */
export const idsOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ id }) => id);
