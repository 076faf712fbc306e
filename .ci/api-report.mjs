// Compares the public API of each entry with its report in spec/api-report, or writes the reports with `--write`.
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}spec/api-report`;
const write = process.argv.includes('--write');
mkdirSync(folder, { recursive: true });

const changed = ['index', 'testing', 'node', 'redis', 'angular', 'angular-testing'].filter((entry) => {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/${entry}.d.ts`,
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: `${root}tsconfig.json`, skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFolder: folder,
        reportTempFolder: `${root}node_modules/.cache/api-report`,
        reportFileName: `${entry}.api.md`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  return apiReportChanged;
});

if (changed.length > 0 && !write) {
  console.error(`The public API of ${changed.join(', ')} has changed: run \`npm run api-report\`.`);
  process.exit(1);
}
console.log('The public API is as reported in spec/api-report.');
