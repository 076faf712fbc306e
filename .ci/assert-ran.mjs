// Fails when a test project ran nothing, or left something out: a green run must mean that it ran.
import { readFileSync } from 'node:fs';

const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const folders = ['protocol', 'operators', 'client', 'testing', 'end-to-end', 'browser', 'types'];
let failed = false;

for (const folder of folders) {
  const tests = testResults
    .filter(({ name }) => name.includes(`/spec/${folder}/`))
    .flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  console.log(`spec/${folder}: ${passed} of ${tests.length} passed`);
  failed ||= passed === 0 || passed < tests.length;
}
if (failed) {
  console.error('Some specs did not run: see the list above.');
  process.exit(1);
}
