import type { Open, ReadText } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { cut, respond } from '../workloads/chunks';
import { valuesOf } from '../workloads/values';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';

/** Text from a response in memory. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { shape, chunk, bytes } = params as { shape: ShapeName; chunk: number; bytes: number };
  const read = await loadReader<ReadText>('text', contender);
  const text = valuesOf(shape, bytes)
    .map((value) => JSON.stringify(value))
    .join('\n');
  const chunks = cut([text], chunk);
  const open: Open = () => Promise.resolve(respond(chunks, 'text/plain'));

  let length = 0;
  let sum = 0;
  const use = (piece: string): void => {
    length += piece.length;
    // Where the pieces are cut is the contender's, so their characters cannot be compared; they are looked at.
    sum = (sum + piece.charCodeAt(piece.length >> 1)) | 0;
  };

  return {
    size: chunks.length,
    async check() {
      const expected = new Digest();
      expected.addText(text);
      const actual = new Digest();
      await read(open, (piece) => {
        actual.addText(piece);
      });
      expectSame(contender, actual, expected);
    },
    async run() {
      length = 0;
      const cpu = await cpuTime(() => read(open, use));
      expectSame(contender, length, text.length);
      return { cpu };
    },
  };
};
