import { readFile, writeFile } from 'node:fs/promises';
import { OURS } from './case';
import type { Case, Gate, Suite } from './case';
import { front } from './front';
import { comparison, noisy, number, subject } from './report';
import { majorOf, savedResults } from './savedResults';
import type { Measured, SavedResults } from './savedResults';
import { suites } from './suites';
import { judgeMean, outcomeOf } from './verdict';
import type { Outcome } from './verdict';

const PAGE = new URL('../docs/reference/benchmarks.md', import.meta.url);
/** The part of the page that is written from the saved results. */
const SECTION = /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/;

/** The versions of Node that the tables show, those that most people run first. */
const VERSIONS = [24, 26, 20];

/** A gate of a case, and its outcomes in the order of `VERSIONS`. */
interface Row {
  readonly workload: string;
  readonly gate: Gate;
  readonly outcomes: readonly (Outcome | undefined)[];
}

const isOf = (gate: Measured, other: Gate): boolean =>
  gate.is === other.is &&
  gate.of === other.of &&
  gate.against === other.against &&
  gate.measure === other.measure;

/** The mark of an outcome: a target that was met has none. */
const MARKS = { met: '', 'within noise': ' ≈', missed: ' ✗' } as const;

/** Keeps a figure on one line. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

const cell = (outcome: Outcome | undefined): string =>
  outcome ? unbroken(noisy(outcome) + MARKS[outcome.verdict]) : '–';

function target({ is, target: [node20, later] }: Gate): string {
  const both = node20 === later ? number(later) : `${number(later)} · ${number(node20)}`;
  return unbroken(`${comparison[is]} ${both}`);
}

const table = (rows: readonly Row[]): string =>
  [
    `| workload | | ${VERSIONS.map((version) => `Node ${version}`).join(' | ')} | target |`,
    `|---|---|${'--:|'.repeat(VERSIONS.length + 1)}`,
    ...rows.map(
      ({ workload, gate, outcomes }) =>
        `| ${workload} | ${subject(gate).replace(`${OURS}: `, '')} | ${outcomes.map(cell).join(' | ')} | ${target(gate)} |`,
    ),
  ].join('\n');

function rowsOf(suite: Suite, { name, gates }: Case, saved: readonly (SavedResults | undefined)[]): Row[] {
  const found = saved.map((results) =>
    results?.cases.find((each) => each.suite === suite.name && each.case === name),
  );
  return gates.map((gate) => ({
    workload: name,
    gate,
    outcomes: found.map((each, index) => {
      const measured = each?.outcomes.find((outcome) => isOf(outcome, gate));
      return measured && outcomeOf(gate, measured.value, measured.noise, VERSIONS[index]);
    }),
  }));
}

/** The rows of the geometric means, each over the cases that have such a gate. A version that lacks a case has none. */
function meanRows({ means = [] }: Suite, rows: readonly Row[]): Row[] {
  return means.map((mean) => {
    const parts = rows.filter(({ gate }) => gate.is === 'speed' && gate.against === mean.against);
    const outcomes = VERSIONS.map((version, index) => {
      const known = parts.flatMap((row) => row.outcomes[index] ?? []);
      return known.length === parts.length ? judgeMean(mean, known, version) : undefined;
    });
    const [{ gate }] = parts as [Row];
    return {
      workload: `geometric mean of ${parts.length} workloads`,
      gate: { ...gate, target: mean.target },
      outcomes,
    };
  });
}

/** Writes the part of the page that shows the results: a table of what matters, and a table of each suite. */
export function tables(results: readonly SavedResults[]): string {
  const saved = VERSIONS.map((version) => results.find((each) => majorOf(each) === version));
  const bySuite = suites.map((suite) => {
    const rows = suite.cases.flatMap((member) => rowsOf(suite, member, saved));
    return { suite, rows: [...rows, ...meanRows(suite, rows)] };
  });
  const matters = front.map(({ suite: name, workload, against }) => {
    const row = bySuite
      .find(({ suite }) => suite.name === name)
      ?.rows.find((each) => each.workload === workload && each.gate.against === against);
    if (!row)
      throw new Error(`front.ts: no case ${workload} of ${name} has a target against ${String(against)}`);
    return row;
  });
  const measured = saved.flatMap((each) => {
    if (!each) return [];
    const dates = each.cases.map(({ date }) => date).sort();
    return [`| ${each.node} | ${each.processor} | ${[...new Set([dates[0], dates.at(-1)])].join(' to ')} |`];
  });
  const sections = bySuite.map(
    ({ suite: { name, note }, rows }) => `### ${name}\n\n${note ? `${note}\n\n` : ''}${table(rows)}\n`,
  );
  return [
    `| Node | processor | measured |\n|---|---|---|\n${measured.join('\n')}\n`,
    `## What matters\n\n${table(matters)}\n`,
    '## Every row\n',
    ...sections,
  ].join('\n');
}

/** Writes the page from all results that are saved. */
export async function writePage(): Promise<void> {
  await writeFile(PAGE, await currentPage());
}

/** Returns the page as it should be, given the saved results. */
export async function currentPage(): Promise<string> {
  const page = await readFile(PAGE, 'utf8');
  if (!SECTION.test(page)) throw new Error('benchmarks.md: expected <!-- bench --> and <!-- /bench -->');
  const written = `${tables(await savedResults())}\n`;
  return page.replace(SECTION, (_, start: string, end: string) => start + written + end);
}
