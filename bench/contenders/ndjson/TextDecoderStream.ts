import { eachChunk } from '../eachChunk';
import type { ReadValues } from '../contender';

/** The platform's own parts in a row: a stream that decodes, one that splits and one that parses. */
export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  let rest = '';
  const values = body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(
      new TransformStream<string, string>({
        transform(text, controller) {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) controller.enqueue(line);
        },
        flush(controller) {
          if (rest) controller.enqueue(rest);
        },
      }),
    )
    .pipeThrough(
      new TransformStream<string, unknown>({
        transform(line, controller) {
          controller.enqueue(JSON.parse(line));
        },
      }),
    );
  await eachChunk(values, take);
};
