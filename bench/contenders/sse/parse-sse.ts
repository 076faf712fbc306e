import { parseServerSentEvents } from 'parse-sse';
import { eachChunk } from '../eachChunk';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = async (open, take) => {
  await eachChunk(parseServerSentEvents(await open()), ({ data, type, lastEventId }) => {
    take(data, type, lastEventId);
  });
};
