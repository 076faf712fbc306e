import type { SseMessageInit } from '../../protocol/sseMessage';

/** Returns the data of each message. */
export const dataOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ data }) => data);
