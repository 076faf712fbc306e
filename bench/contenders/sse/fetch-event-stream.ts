import { events } from 'fetch-event-stream';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = async (open, take) => {
  for await (const { data, event, id } of events(await open())) take(data ?? '', event, id);
};
