// Fails when a test project ran nothing, or left something out: a green run must mean that it ran.
import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const testResults = reports.flatMap(({ testResults }) => testResults);
const folders = [
  'protocol',
  'operators',
  'client',
  'feed',
  'server',
  'node',
  'redis',
  'testing',
  'cli/',
  'angular',
  'interop',
  'readme',
  'end-to-end',
  'browser',
  'types',
];
const statuses = (folder) =>
  testResults
    .filter(({ name }) => name.includes(`/spec/${folder}`))
    .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));

let left = 0;
for (const folder of folders) {
  const all = statuses(folder);
  const passed = all.filter((status) => status === 'passed').length;
  console.log(`spec/${folder}: ${passed} of ${all.length} passed`);
  left += passed === 0 ? 1 : all.length - passed;
}
if (left > 0) {
  console.error('Some specs did not run: see the list above.');
  process.exit(1);
}
const passed = statuses('').filter((status) => status === 'passed').length;
console.log(`${passed} passed, ${statuses('').length - passed} failed`);
