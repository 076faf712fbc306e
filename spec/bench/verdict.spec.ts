import { describe, expect, it } from 'vitest';
import { fasterThan } from '../../bench/case';
import type { Gate } from '../../bench/case';
import { judge } from '../../bench/verdict';

const samples = (costs: Readonly<Record<string, readonly number[]>>): Parameters<typeof judge>[1] =>
  new Map(
    Object.entries(costs).map(([contender, values]) => [
      contender,
      { size: 1, processes: values.map((cpu) => ({ cpu })) },
    ]),
  );

describe('judge', () => {
  it('compares the least of the processes, whichever turn it was in', () => {
    const { value, verdict } = judge(
      fasterThan('peer', 2, 2),
      samples({ 'rxjs-http-streams': [20, 10, 30], peer: [40, 80, 20] }),
    );
    expect({ value, verdict }).toEqual({ value: 2, verdict: 'met' });
  });

  it('excuses a miss by as much as the least of each is alone', () => {
    const least = (second: number): string =>
      judge(fasterThan('peer', 2, 2), samples({ 'rxjs-http-streams': [10, second, 30], peer: [19, 19, 19] }))
        .verdict;
    expect([least(11), least(10)]).toEqual(['within noise', 'missed']);
  });

  it('holds a limit against the median of the processes', () => {
    const gate: Gate = { is: 'limit', of: 'ours', measure: 'cpu', target: [5, 5] };
    expect(judge(gate, samples({ ours: [1, 4, 9] })).value).toBe(4);
  });
});
