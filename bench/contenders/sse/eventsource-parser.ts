import { createParser } from 'eventsource-parser';
import { eachChunk } from '../eachChunk';
import type { ReadMessages } from '../contender';

/** The fastest parser there is, in the loop its users write around it. */
export const read: ReadMessages = async (open, take) => {
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ data, event, id }) {
      take(data, event, id);
    },
  });
  const { body } = await open();
  await eachChunk(body, (chunk) => {
    parser.feed(decoder.decode(chunk, { stream: true }));
  });
};
