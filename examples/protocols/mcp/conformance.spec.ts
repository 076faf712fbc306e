import { expect, it } from 'vitest';
import { webServer } from '../../../spec/support/webServer';
import { bundled } from '../support/bundled';
import { conformance } from '../support/conformance';
import { conformanceServer } from '../support/conformanceServer';
import { talkTo } from '../support/talkTo';
import { onlyFrom } from './onlyFrom';
import { serveMcp } from './serveMcp';

it('passes the public scenarios of servers that concern the transport', { timeout: 120_000 }, async () => {
  const { url } = await webServer(onlyFrom(['127.0.0.1', 'localhost'], serveMcp(talkTo(conformanceServer))));
  const failures = `${import.meta.dirname}/../support/conformanceFailures.yml`;
  const report = await conformance('server', '--url', url, '--expected-failures', failures);
  expect(report).toMatch(/Total: \d+ passed/);
});

it.each(['initialize', 'tools_call', 'sse-retry'])(
  'passes the public scenario of clients: %s',
  { timeout: 120_000 },
  async (scenario) => {
    const command = `${process.execPath} ${await bundled('support/conformanceClient.ts')}`;
    const report = await conformance('client', '--command', command, '--scenario', scenario);
    expect(report).toMatch(/Passed: [1-9].*, 0 failed/);
  },
);
