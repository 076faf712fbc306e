/** Words of NDJSON: mostly whole lines, because the first bad one ends the stream. */
export const ndjsonWords: readonly string[] = [
  '{"a":1}\n',
  '{"é":"😀"}\r\n',
  '[null, ""]\n',
  'null\n',
  '0\r\n',
  '""\n',
  'false\n',
  '12\n',
  ' \t\n',
  '\n',
  '\r\n',
  '[1',
  ',2]\n',
];
