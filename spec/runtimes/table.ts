import type { PortableCase } from './portableCase';

/** What was seen, a row a case and a column a platform: a check mark stands for what is seen everywhere else. */
export function tableOf(
  cases: readonly Pick<PortableCase<never>, 'name' | 'expected'>[],
  results: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = (seen: string | undefined, expected: string): string => {
    if (seen === undefined) return '–';
    return seen === expected ? '✓' : seen;
  };
  return [
    row(['', ...results.keys()]),
    row(['---', ...[...results.keys()].map(() => '---')]),
    ...cases.map(({ name, expected }) =>
      row([name, ...[...results.values()].map((seen) => cell(seen.get(name), expected))]),
    ),
  ].join('\n');
}
