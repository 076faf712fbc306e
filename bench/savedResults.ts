import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import type { Outcome } from './verdict';

/** A value of an outcome, without its target and verdict: these follow from the suites as they are. */
export type Measured = Omit<Outcome, 'target' | 'verdict'>;

/** The values of a case on one version of Node, and the day on which they were measured. */
export interface SavedCase {
  readonly suite: string;
  readonly case: string;
  readonly date: string;
  readonly outcomes: readonly Measured[];
}

/** The saved results of one version of Node. A run replaces the cases that it has measured. */
export interface SavedResults {
  readonly node: string;
  readonly processor: string;
  readonly cases: readonly SavedCase[];
}

const FOLDER = new URL('results/', import.meta.url);

/** Reads the results of all versions that were saved. */
export async function savedResults(): Promise<SavedResults[]> {
  const files = await readdir(FOLDER).catch(() => []);
  return Promise.all(
    files
      .filter((file) => file.endsWith('.json'))
      .map(async (file) => JSON.parse(await readFile(new URL(file, FOLDER), 'utf8')) as SavedResults),
  );
}

/** Saves the results of a run beside those of earlier runs on the same version of Node. */
export async function saveResults({ node, processor, cases }: SavedResults): Promise<void> {
  const before = (await savedResults()).find((saved) => majorOf(saved) === majorOf({ node }));
  const nameOf = (saved: SavedCase): string => `${saved.suite}: ${saved.case}`;
  const all = new Map([...(before?.cases ?? []), ...cases].map((saved) => [nameOf(saved), saved]));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(
    new URL(`node${majorOf({ node })}.json`, FOLDER),
    `${JSON.stringify({ node, processor, cases: [...all.values()] }, written, 1)}\n`,
  );
}

/** Returns the major version of Node that saved results are of. */
export const majorOf = ({ node }: Pick<SavedResults, 'node'>): number => Number(node.replace(/^v|\..*/g, ''));

/** Leaves out what follows from the suites, and keeps four digits of a number: no measure is good for more. */
const written = (key: string, value: unknown): unknown => {
  if (key === 'target' || key === 'verdict') return undefined;
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
};
