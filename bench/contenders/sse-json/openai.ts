import { Stream } from 'openai/core/streaming';
import type { ReadValues } from '../contender';

export const read: ReadValues = async (open, take) => {
  for await (const value of Stream.fromSSEResponse<unknown>(await open(), new AbortController())) take(value);
};
