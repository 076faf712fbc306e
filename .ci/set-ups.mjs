// Tries each set-up of docs/test/set-up.md as its reader does: writes the files and runs the commands of the page in a
// new project, with the packed package. `node .ci/set-ups.mjs Jest` tries the sections with Jest in their title.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, withPackage } from './packed.mjs';

const [only = ''] = process.argv.slice(2);
const page = readFileSync(new URL('../docs/test/set-up.md', import.meta.url), 'utf8');
const [introduction, ...sections] = page.split('\n## ');
const blocks = (text, language) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code);
const files = blocks(introduction, 'ts').map((code) => ({ name: /^\/\/ (\S+)/.exec(code)[1], code }));

const shell = (cwd, commands) =>
  run('bash', ['-e', '-c', commands], {
    cwd,
    env: { ...process.env, CI: '1', NG_CLI_ANALYTICS: 'false', npm_config_loglevel: 'error' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });

withPackage((folder, tarball) => {
  sections.forEach((section, index) => {
    const [title] = section.split('\n');
    if (!title.includes(only)) return;
    console.log(`\n# ${title}, on Node ${process.version}`);
    const project = join(folder, `set-up-${index}`);
    const isAngular = title === 'Angular';
    mkdirSync(project);
    if (isAngular) shell(folder, `npx -y @angular/cli@21.2.24 new set-up-${index} --defaults --skip-git`);
    else shell(project, 'npm init -y > npm.log');
    for (const { name, code } of files) writeFileSync(join(project, isAngular ? 'src/app' : '', name), code);
    for (const code of blocks(section, 'sh'))
      shell(project, code.replaceAll(/ rxjs-http-streams\b/g, ` ${tarball}`));
  });
});
