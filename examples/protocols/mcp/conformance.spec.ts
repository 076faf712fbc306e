import { describe, expect, it } from 'vitest';
import { webServer } from '../../../spec/support/webServer';
import { bundled } from '../support/bundled';
import { conformance } from '../support/conformance';
import { conformanceServer } from '../support/conformanceServer';
import { talkTo } from '../support/talkTo';
import { onlyFrom } from './onlyFrom';
import { serveMcp } from './serveMcp';

describe('the public scenarios', { timeout: 120_000 }, () => {
  it('of servers pass, but for two that are pending', async () => {
    const { url } = await webServer(
      onlyFrom(['127.0.0.1', 'localhost'], serveMcp(...talkTo(conformanceServer))),
    );
    const failures = `${import.meta.dirname}/../support/conformanceFailures.yml`;
    const report = await conformance(
      ...['server', '--url', url, '--suite', 'all', '--expected-failures', failures],
    );
    expect(report).toMatch(/Total: 41 passed/);
  });

  it.each([
    'initialize',
    'tools_call',
    'sse-retry',
    'elicitation-sep1034-client-defaults',
    'auth/metadata-default',
    'auth/basic-cimd',
    'auth/scope-from-www-authenticate',
    'auth/token-endpoint-auth-basic',
    'auth/2025-03-26-oauth-endpoint-fallback',
    'auth/resource-mismatch',
    'auth/offline-access-scope',
  ])('of clients: %s passes', async (scenario) => {
    const command = `${process.execPath} ${await bundled('support/conformanceClient.ts')}`;
    const report = await conformance('client', '--command', command, '--scenario', scenario);
    expect(report).toMatch(/Passed: [1-9].*, 0 failed/);
  });
});
