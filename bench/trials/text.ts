import type { Open, ReadText } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { SAMPLE_BYTES, cut, respond } from '../workloads/chunks';
import { linesOf } from '../workloads/values';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';

/** Text from a response in memory. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { shape, chunk, bytes } = params as { shape: ShapeName; chunk: number; bytes: number };
  const read = await loadReader<ReadText>('text', contender);
  const opener = (total: number): Open => {
    const chunks = cut(linesOf(shape, total), chunk);
    return () => Promise.resolve(respond(chunks, 'text/plain'));
  };
  const open = opener(bytes);
  const expectedLength = linesOf(shape, bytes).join('').length;

  let length = 0;
  let sum = 0;
  const use = (piece: string): void => {
    length += piece.length;
    // Where the pieces are cut is the contender's, so their characters cannot be compared; they are looked at.
    sum = (sum + piece.charCodeAt(piece.length >> 1)) | 0;
  };

  return {
    size: Math.ceil(bytes / chunk),
    async check() {
      const expected = new Digest();
      for (const line of linesOf(shape, SAMPLE_BYTES)) expected.addText(line);
      const actual = new Digest();
      await read(opener(SAMPLE_BYTES), (piece) => {
        actual.addText(piece);
      });
      expectSame(contender, actual, expected);
    },
    async run() {
      length = 0;
      const cpu = await cpuTime(() => read(open, use));
      expectSame(contender, length, expectedLength);
      return { cpu };
    },
  };
};
