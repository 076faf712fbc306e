import { eachChunk } from '../eachChunk';
import type { ReadMessages } from '../contender';

/** The least that shows an event: good for whole events of one line of data, as a paced server sends them. */
export const read: ReadMessages = async (open, take) => {
  const { body } = await open();
  const decoder = new TextDecoder();
  await eachChunk(body, (chunk) => {
    for (const block of decoder.decode(chunk, { stream: true }).split('\n\n')) {
      if (block !== '') take(block.slice('data: '.length));
    }
  });
};
