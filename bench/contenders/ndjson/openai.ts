import { Stream } from 'openai/core/streaming';
import type { ReadValues } from '../contender';

export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  const values = Stream.fromReadableStream<unknown>(body as never, new AbortController());
  for await (const value of values) take(value);
};
