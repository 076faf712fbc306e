import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { currentPage, tables } from '../../bench/page';
import type { Measured } from '../../bench/savedResults';

const measured: Measured = {
  is: 'speed',
  of: 'rxjs-http-streams',
  against: 'eventsource-parser',
  measure: 'cpu',
  value: 1.15,
  noise: 0.02,
};

const onNode = (node: string, outcomes: readonly Measured[]) => ({
  node,
  processor: 'a processor × 2',
  cases: [
    { suite: 'Server-Sent Events in', case: 'chat deltas, 1400 B chunks', date: '2026-11-29', outcomes },
  ],
});

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| chat deltas, 1400 B chunks | times as fast as eventsource-parser'));

describe('the page on benchmarks', () => {
  it('shows the saved results', async () => {
    const page = await readFile(new URL('../../docs/reference/benchmarks.md', import.meta.url), 'utf8');

    expect(await currentPage()).toBe(page);
  });

  it('has a column for each version, and says where nothing was measured', () => {
    const lines = linesOf(tables([onNode('v20.19.0', [measured]), onNode('v24.21.0', [measured])]));

    // One in the table of what matters, and one in that of the suite.
    const [inFront, inSuite] = lines;
    for (const line of [inFront, inSuite])
      expect(line).toContain('| 1.15\u00a0±\u00a02\u00a0% | – | 1.15\u00a0±\u00a02\u00a0%\u00a0✗ |');
  });

  it('has no geometric mean for a version that lacks a workload', () => {
    const [mean] = tables([onNode('v24.21.0', [measured])])
      .split('\n')
      .filter((line) => line.startsWith('| geometric mean of 21 workloads'));

    expect(mean).toContain('| – | – | – |');
  });
});
