import { parseArgs } from 'node:util';
import type { Case, Suite } from './case';
import { fileLimit } from './fileLimit';
import { measure } from './measure';
import type { Effort, Samples } from './measure';
import { writePage } from './page';
import { caseTable, machine, outcomeTable } from './report';
import { saveResults } from './savedResults';
import { suites } from './suites';
import { isBelow, isNarrowMiss, judge, judgeMean } from './verdict';
import type { Outcome } from './verdict';

const { values: flags } = parseArgs({
  options: {
    // The few workloads and runs that a change is checked with.
    quick: { type: 'boolean', default: false },
    // A regular expression: the workloads whose suite and name match it.
    only: { type: 'string', default: '' },
    // Of each contender. One is enough to see where a change leads, and too few to tell noise.
    processes: { type: 'string', default: '5' },
    // Of each target, which a miss has to be below to fail the run: a change that costs that much is not noise.
    share: { type: 'string', default: '1' },
    // Saves the results in `bench/results`, and writes the page on benchmarks from all that are saved.
    save: { type: 'boolean', default: false },
  },
});

if (flags.save && flags.quick)
  throw new Error('--save: expected a run without --quick, whose workloads are smaller');

/** The result of a case, or of the mean over the cases of a suite. */
interface Result {
  readonly suite: string;
  readonly case: string;
  readonly outcomes: readonly Outcome[];
  readonly isMean?: boolean;
}

const processes = Number(flags.processes);
const FULL: Effort = { processes, rounds: 5 };
const QUICK: Effort = { processes, rounds: 3 };
/** Processes that are added where a target is missed, but not by much; none where a glance is asked for. */
const RETRY = processes < 3 ? 0 : 2;
const LIMIT = fileLimit();

const chosen = suites
  .map((suite) => ({ ...suite, cases: suite.cases.flatMap((member) => choose(suite, member)) }))
  .filter(({ cases }) => cases.length > 0);

if (chosen.length === 0)
  throw new Error(`--only: expected the name of a workload, none matches ${flags.only}`);

function choose(suite: Suite, member: Case): Case[] {
  if (!new RegExp(flags.only, 'i').test(`${suite.name}: ${member.name}`)) return [];
  if (!flags.quick) return [member];
  if (!member.quick) return [];
  // Peers that nothing is asked about are for the table.
  const asked = new Set(member.gates.flatMap(({ of, against }) => [of, against]));
  const contenders = member.contenders.filter((contender) => asked.has(contender));
  return [{ ...member, contenders, params: { ...member.params, ...member.quick } }];
}

async function runCase(member: Case): Promise<{ samples: Map<string, Samples>; outcomes: Outcome[] }> {
  const judged = (samples: Map<string, Samples>): Outcome[] =>
    member.gates.map((gate) => judge(gate, samples));
  const effort = { ...(flags.quick ? QUICK : FULL), ...member.effort };
  let samples = await measure(member, effort);
  if (judged(samples).some(isNarrowMiss)) {
    samples = await measure(member, { ...effort, processes: RETRY }, samples);
  }
  return { samples, outcomes: judged(samples) };
}

async function runSuite({ name, note, cases, means = [] }: Suite): Promise<Result[]> {
  console.log(`\n═══ ${name}\n${note ? `\n${note}\n` : ''}`);
  const results: Result[] = [];
  for (const member of cases) {
    if ((member.files ?? 0) > LIMIT) {
      console.log(
        `${member.name}\n  skipped: it takes ${member.files} open files, ulimit -n allows ${LIMIT}\n`,
      );
      continue;
    }
    if (member.lacks !== undefined) {
      console.log(`${member.name}\n  skipped: it takes ${member.lacks}, which is not installed\n`);
      continue;
    }
    const { samples, outcomes } = await runCase(member);
    console.log(caseTable(member, samples, outcomes));
    results.push({ suite: name, case: member.name, outcomes });
  }
  const complete = cases.length === suites.find((suite) => suite.name === name)?.cases.length;
  if (complete && means.length > 0) {
    const all = results.flatMap(({ outcomes }) => outcomes);
    const outcomes = means.map((mean) => judgeMean(mean, all));
    const title = `geometric mean of ${cases.length} workloads`;
    console.log(`${title}\n${outcomeTable(outcomes)}`);
    results.push({ suite: name, case: title, outcomes, isMean: true });
  }
  return results;
}

console.log(`Node ${machine.node}, ${machine.processor}`);
const results: Result[] = [];
for (const suite of chosen) results.push(...(await runSuite(suite)));

if (flags.save) {
  const date = new Date().toISOString().slice(0, 10);
  const cases = results.filter(({ isMean }) => !isMean).map((result) => ({ ...result, date }));
  await saveResults({ ...machine, cases });
  await writePage();
}

const outcomes = results.flatMap((result) => result.outcomes.map((outcome) => ({ result, outcome })));
const missed = outcomes.filter(({ outcome }) => outcome.verdict === 'missed');
console.log(`${outcomes.length - missed.length} of ${outcomes.length} targets met or missed by noise alone.`);
for (const { result, outcome } of missed) {
  console.log(`missed: ${result.suite}, ${result.case}\n${outcomeTable([outcome])}`);
}
const share = Number(flags.share);
process.exitCode = missed.some(({ outcome }) => isBelow(share, outcome)) ? 1 : 0;
