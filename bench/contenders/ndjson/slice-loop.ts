import { eachChunk } from '../eachChunk';
import type { ReadValues } from '../contender';

/** The least that reads values: decode, slice and parse, with nothing around it. */
export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  const decoder = new TextDecoder();
  let rest = '';
  await eachChunk(body, (chunk) => {
    const text = rest + decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(JSON.parse(text.slice(start, end)));
      start = end + 1;
    }
    rest = text.slice(start);
  });
};
