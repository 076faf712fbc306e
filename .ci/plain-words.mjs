// Checks the comments of the sources: a summary begins with a verb or a noun, and no line of a comment is too wide.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const WIDTH = 120;
/** Words that begin a summary without a subject. */
const VAGUE = /^(what(ever)?|how|who(ever|se)?|where(ver)?|when(ever)?|that|those|which)\b/i;

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.mts', '*.mjs'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && !file.includes('.next'));

const complaints = [];
let summaries = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const complain = (index, what) => {
    complaints.push(`${file}:${text.slice(0, index).split('\n').length}: ${what}`);
  };
  for (const { 0: comment, index } of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const [first = ''] = comment
      .slice(3, -2)
      .split('\n')
      .map((line) => line.replace(/^\s*\*\s?/, '').trim())
      .filter(Boolean);
    summaries++;
    if (VAGUE.test(first))
      complain(index, `a summary that begins with a verb or a noun, got '${first.slice(0, 60)}'`);
  }
  text.split('\n').forEach((line, number) => {
    if (line.length > WIDTH && /^\s*(\/\/|\/?\*)/.test(line) && !/https?:|^\s*\*?\s*(```|\|)/.test(line)) {
      complaints.push(
        `${file}:${number + 1}: a line of a comment of at most ${WIDTH} columns, got ${line.length}`,
      );
    }
  });
}

if (complaints.length > 0) {
  console.error(
    complaints
      .map((complaint) => `Expected ${complaint}`.replace(/^Expected (\S+) /, '$1 expected '))
      .join('\n'),
  );
  console.error(`${complaints.length} of ${summaries} summaries and their lines are not plain.`);
  process.exit(1);
}
console.log(
  `${summaries} summaries in ${files.length} files begin with a verb or a noun, within ${WIDTH} columns.`,
);
