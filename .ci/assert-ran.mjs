// Fails when a test project ran nothing, or left something out: a green run must mean that it ran.
import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const testResults = reports.flatMap(({ testResults }) => testResults);
const folders = [
  'spec/protocol',
  'spec/operators',
  'spec/client',
  'spec/feed',
  'spec/server',
  'spec/node',
  'spec/redis',
  'spec/testing',
  'spec/cli/',
  'spec/angular',
  'spec/interop',
  'spec/readme',
  'spec/end-to-end',
  'spec/browser',
  'spec/types',
  'examples/protocols',
];
const statuses = (folder) =>
  testResults
    .filter(({ name }) => name.includes(`/${folder}`))
    .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));

let left = 0;
for (const folder of folders) {
  const all = statuses(folder);
  const passed = all.filter((status) => status === 'passed').length;
  console.log(`${folder}: ${passed} of ${all.length} passed`);
  left += passed === 0 ? 1 : all.length - passed;
}
if (left > 0) {
  console.error('Some specs did not run: see the list above.');
  process.exit(1);
}
const passed = statuses('').filter((status) => status === 'passed').length;
console.log(`${passed} passed, ${statuses('').length - passed} failed`);
