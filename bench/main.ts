import { runOn } from './runOn';

const flags = process.argv.slice(2);
const at = flags.indexOf('--node');

if (at < 0) await import('./run');
else {
  const [, versions = ''] = flags.splice(at, 2);
  process.exitCode = await runOn(versions.split(','), flags);
}
