import { EventSourceParserStream } from 'eventsource-parser/stream';
import { eachChunk } from '../eachChunk';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = async (open, take) => {
  const { body } = await open();
  const messages = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  await eachChunk(messages, ({ data, event, id }) => {
    take(data, event, id);
  });
};
