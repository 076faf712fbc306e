import type { SseMessageInit } from '../../protocol/sseMessage';

/** Texts that an engine may mistake for another value, change or cut. */
const texts = [
  'plain',
  '',
  ' with space around ',
  '{"looks":"like JSON"}',
  '"quoted"',
  'null',
  '42',
  'LF\nCRLF\r\nCR\rend\n',
  'é € 😀 \u2028 \\u0041',
  'half\u0000way',
  "it's; DROP",
  'x'.repeat(20_000),
];
/** Values that an engine may convert. */
const values = [
  0,
  -1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  true,
  false,
  null,
  [],
  [1, ['2', null]],
  {},
  { nested: { list: [{ 'a key': 'é' }] }, id: 'none', data: 1 },
];
/** Messages that an engine may not store unchanged. */
export const delicateMessages: readonly SseMessageInit[] = [
  ...[...texts, ...values].map((data) => ({ data })),
  { type: 'tick', data: { n: 1 } },
  { type: 'without data' },
  { retry: 1_500 },
  { retry: 0, data: '' },
  { comment: 'alone' },
  { comment: 'line\nline', type: 'all', data: 'x', retry: 1 },
];
