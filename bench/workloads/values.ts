/** One value of a workload, by its place in it. */
type Shape = (index: number) => unknown;

const words = ['the', ' stream', ' of', ' words', ' flows', ', and', ' each', ' of them', ' arrives', '.'];
const accented = ['così', ' naïve', ' — the', ' words', ' Ærø', ' flow', ' über', ' each', ' 🚀', '.'];
const foreign = [
  '流れる言葉',
  'ひとつずつ',
  '届いて',
  'くる。',
  'Быстрее',
  ' всех',
  '東京から',
  '大阪まで',
  '🚀🌍',
  '。',
];

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

const chat =
  (vocabulary: readonly string[]): Shape =>
  (index) => ({
    id: `chatcmpl-${1e6 + index}`,
    object: 'chat.completion.chunk',
    created: 1_700_000_000 + (index >> 6),
    model: 'gpt-4o-mini-2024-07-18',
    system_fingerprint: 'fp_0123456789',
    choices: [{ index: 0, delta: { content: pick(vocabulary, index) }, logprobs: null, finish_reason: null }],
  });

const nested = (index: number, depth: number): unknown =>
  depth === 0 ? [index] : { a: index, b: { c: nested(index, depth - 1) }, d: [depth] };

/** Shapes of values, by name. */
export const shapes = {
  chat: chat(words),
  'chat with accents': chat(accented),
  foreign: (index) => ({
    id: index,
    text: Array.from({ length: 12 }, (_, i) => pick(foreign, index + i)).join(''),
  }),
  tick: (index) => ({ p: 100 + (index % 997) / 8, v: index % 89 }),
  large: (index) => ({ id: index, text: pick(words, index).padEnd(16_384, 'lorem ipsum dolor ') }),
  row: (index) => ({
    id: index,
    name: `row ${index}`,
    value: index * 3.5,
    tags: ['a', 'b', 'c'],
    nested: { x: index & 7, y: true, z: null },
    note: 'some text that fills a row up to a hundred and sixty',
  }),
  nested: (index) => nested(index, 8),
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

/** As many values of a shape as about `bytes` bytes of JSON hold. */
export function valuesOf(shape: ShapeName, bytes: number): unknown[] {
  const create: Shape = shapes[shape];
  const length = Math.ceil(bytes / Buffer.byteLength(JSON.stringify(create(0))));
  return Array.from({ length }, (_, index) => create(index));
}

/** The same as lines of NDJSON. */
export const linesOf = (shape: ShapeName, bytes: number): string[] =>
  valuesOf(shape, bytes).map((value) => `${JSON.stringify(value)}\n`);
