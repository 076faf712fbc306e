import type { Open, ReadValues } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { Trial } from '../trial';
import { SAMPLE_BYTES } from '../workloads/chunks';
import { valuesOf } from '../workloads/values';
import type { ShapeName } from '../workloads/values';

/** A string that is one piece of memory, as no slice of a longer text is. */
const flat = (text: string): string => Buffer.from(text).toString();

/** The values of a shape, whatever they are read from: what every contender is checked against and timed with. */
export function valuesTrial(
  contender: string,
  read: ReadValues,
  shape: ShapeName,
  bytes: number,
  opener: (bytes: number) => Open,
): Trial {
  const splitter = (total: number): (() => string[]) => {
    let texts: string[] | undefined;
    return () => (texts ??= valuesOf(shape, total).map((value) => flat(JSON.stringify(value))));
  };

  let sum = 0;
  let name = '';
  const use = (value: unknown): void => {
    // One member is enough: `JSON.parse` makes them all before it gives any.
    const member = (value as Record<string, unknown>)[name];
    sum = (sum + (typeof member === 'string' ? member.charCodeAt(member.length - 1) : Number(member))) | 0;
  };
  // The values themselves are let go: what is kept is marked in every collection, on the contender's time.
  const prepare = (): { size: number; expectedSum: number } => {
    const values = valuesOf(shape, bytes);
    [name = ''] = Object.keys(values[0] as object);
    for (const value of values) use(value);
    return { size: values.length, expectedSum: sum };
  };
  const { size, expectedSum } = prepare();
  const open = opener(bytes);
  const texts = splitter(bytes);

  return {
    size,
    async check() {
      const sample = splitter(SAMPLE_BYTES);
      const expected = new Digest();
      for (const text of sample()) expected.add(text);
      const actual = new Digest();
      await read(
        opener(SAMPLE_BYTES),
        (value) => {
          actual.add(JSON.stringify(value));
        },
        sample,
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
