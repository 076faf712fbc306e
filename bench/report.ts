import { cpus } from 'node:os';
import type { Case, Gate } from './case';
import type { Samples } from './measure';
import { least, spread } from './statistics';
import { targetHere } from './verdict';
import type { Outcome } from './verdict';

/** The machine and the versions that the numbers come from. */
export const machine = {
  node: process.version,
  processor: `${cpus()[0]?.model.trim()} × ${cpus().length}`,
};

export const number = (value: number): string =>
  value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0).replace(/(?<=\d)(?=(\d{3})+$)/g, ' ');

/** The sign between a measure and its target. */
export const comparison = { speed: '≥', overhead: '≤', limit: '≤' } as const;

const targetOf = (outcome: Outcome): string =>
  `${comparison[outcome.is]} ${number(targetHere(outcome.target))}`;

/** Says what a gate compares, or limits. */
export const subject = ({ is, of, against, measure }: Gate): string => {
  if (is === 'limit') return `${of}: ${measure}`;
  return is === 'speed'
    ? `${of}: times as fast as ${against}`
    : `${of}: ${measure}, times that of ${against}`;
};

/** Writes a value with its noise. */
export const noisy = ({ value, noise }: Outcome): string => `${number(value)} ± ${Math.round(noise * 100)} %`;

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   '),
    )
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('');
}

/** One workload as a table: what each contender costs, and what had to hold. */
export function caseTable(
  { name, contenders: [baseline = ''] }: Case,
  samples: ReadonlyMap<string, Samples>,
  outcomes: readonly Outcome[],
): string {
  const costs = (contender: string, measure: string): number[] =>
    samples.get(contender)?.processes.map((process) => process[measure] ?? NaN) ?? [];
  const cost = (contender: string, measure: string): number => least(costs(contender, measure));
  const measures = Object.keys(samples.get(baseline)?.processes[0] ?? {});
  const heads = measures.map((measure) => (measure === 'cpu' ? 'ns a value' : measure));
  const [first = ''] = measures;
  const rows = [...samples].map(([contender, { size }]) => [
    contender === baseline && samples.size > 1 ? `${contender} (baseline)` : contender,
    ...measures.map((measure) =>
      number(measure === 'cpu' ? (cost(contender, measure) * 1000) / size : cost(contender, measure)),
    ),
    `± ${Math.round(spread(costs(contender, first)) * 100)} %`,
    number(cost(baseline, first) / cost(contender, first)),
  ]);
  return `${name}\n${columns([['', ...heads, 'processes', 'times as fast'], ...rows])}${outcomeTable(outcomes)}`;
}

export const outcomeTable = (outcomes: readonly Outcome[]): string =>
  columns(
    outcomes.map((outcome) => [
      `→ ${subject(outcome)}`,
      noisy(outcome),
      targetOf(outcome),
      outcome.verdict.toUpperCase(),
    ]),
  );
