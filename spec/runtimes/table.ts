import type { PortableCase } from './portableCase';

/** Formats the results, a row a case and a column a platform: a check mark stands for the usual result. */
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
