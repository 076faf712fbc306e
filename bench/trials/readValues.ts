import type { Open, ReadValues } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { Trial } from '../trial';

/** A string that is one piece of memory, as no slice of a longer text is. */
const flat = (text: string): string => Buffer.from(text).toString();

/** Values, whatever they are read from: what every contender is checked against and timed with. */
export function valuesTrial(
  contender: string,
  read: ReadValues,
  open: Open,
  values: readonly unknown[],
): Trial {
  const texts = values.map((value) => flat(JSON.stringify(value)));

  let sum = 0;
  const use = (value: unknown): void => {
    for (const name in value as object) {
      const member = (value as Record<string, unknown>)[name];
      if (typeof member === 'number') sum = (sum + member) | 0;
      else if (typeof member === 'string') sum = (sum + member.charCodeAt(member.length >> 1)) | 0;
    }
  };
  for (const value of values) use(value);
  const expectedSum = sum;

  return {
    size: values.length,
    async check() {
      const expected = new Digest();
      for (const text of texts) expected.add(text);
      const actual = new Digest();
      await read(
        open,
        (value) => {
          actual.add(JSON.stringify(value));
        },
        texts,
      );
      expectSame(contender, actual, expected);
    },
    async run() {
      sum = 0;
      const cpu = await cpuTime(() => read(open, use, texts));
      expectSame(contender, sum, expectedSum);
      return { cpu };
    },
  };
}
