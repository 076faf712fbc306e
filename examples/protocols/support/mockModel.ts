import { LLMock } from '@copilotkit/aimock';
import type { FixtureOpts } from '@copilotkit/aimock';
import { onTestFinished } from 'vitest';
import { brokenPath } from '../../../spec/support/brokenPath';
import type { BrokenPath } from '../../../spec/support/brokenPath';

/** Starts a model of aimock that gives an answer to every question, until the test is over. */
export async function mockModel(answer: string, options: FixtureOpts = {}): Promise<BrokenPath> {
  const mock = new LLMock({ port: 0 }).onMessage(/./, { content: answer }, { chunkSize: 4, ...options });
  await mock.start();
  onTestFinished(() => mock.stop());
  return brokenPath(mock.url, () => undefined);
}
