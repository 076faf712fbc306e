// Prepares a release, and refuses one that is not ready:
//   version <x.y.z>      sets the version, and gives what is unreleased in CHANGELOG.md its heading
//   repository <address> sets `repository`, `homepage` and `bugs` in package.json
//   check                fails, in words, when the package cannot be published as it is
//   notes                prints the section of CHANGELOG.md for the version
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [command = '', value = ''] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');

const fail = (...lines) => {
  console.error(lines.join('\n'));
  process.exit(1);
};

/** The text below the heading of a version, without the heading. */
const sectionOf = (version) => {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((each) => each.split(/\s/, 1)[0] === version);
  return section?.slice(section.indexOf('\n')).trim();
};

function setVersion(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) fail(`Expected a version such as 0.1.0, got '${version}'.`);
  if (sectionOf(version) !== undefined) fail(`CHANGELOG.md has a section for ${version} already.`);
  if (!sectionOf('Unreleased')) fail('CHANGELOG.md has nothing below "## Unreleased".');
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(
    'CHANGELOG.md',
    changelog.replace(/^## Unreleased\n/m, `## Unreleased\n\n## ${version} - ${day}\n`),
  );
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--allow-same-version'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(`Version ${version} is prepared: read CHANGELOG.md, then open a pull request.`);
}

function setRepository(address) {
  const match = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+?)(\.git)?\/?$/.exec(address);
  if (!match) fail(`Expected an address such as https://host/owner/name, got '${address}'.`);
  const page = `https://${match[1]}/${match[2]}/${match[3]}`;
  execFileSync('npm', [
    'pkg',
    'set',
    'repository.type=git',
    `repository.url=git+${page}.git`,
    `homepage=${page}#readme`,
    `bugs.url=${page}/issues`,
  ]);
  console.log(`package.json names ${page}.`);
}

function check() {
  const reasons = [];
  for (const field of ['repository', 'homepage', 'bugs']) {
    if (!manifest[field])
      reasons.push(`package.json has no \`${field}\`: npm run release -- repository <address> sets it.`);
  }
  if (manifest.version === '0.0.0')
    reasons.push('package.json has no version: npm run release -- version <x.y.z> sets it.');
  if (!sectionOf(manifest.version)) reasons.push(`CHANGELOG.md has no section for ${manifest.version}.`);
  const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).version;
  if (locked !== manifest.version) reasons.push(`package-lock.json has version ${locked}: run npm install.`);
  if (reasons.length > 0) fail(`${manifest.name} ${manifest.version} is not published:`, ...reasons);
  console.log(`${manifest.name} ${manifest.version} can be published.`);
}

const commands = {
  version: setVersion,
  repository: setRepository,
  check,
  notes: () => console.log(sectionOf(manifest.version) ?? fail(`No section for ${manifest.version}.`)),
};
if (!Object.hasOwn(commands, command))
  fail(`Expected one of ${Object.keys(commands).join(', ')}, got '${command}'.`);
commands[command](value);
