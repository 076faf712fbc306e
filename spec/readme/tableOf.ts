import { readFileSync } from 'node:fs';
import { root } from '../support/root';

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/**
 * Returns the rows of the table in a page whose first column has this name. Each row has its cells by the names of the
 * columns.
 */
export function tableOf(page: string, first: string): Readonly<Record<string, string>>[] {
  const lines = readFileSync(root + page, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith('|') && cellsOf(line)[0] === first);
  if (at < 0) throw new Error(`${page} has no table of ${first}`);
  const columns = cellsOf(lines[at]!);
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('|'));
  return lines.slice(at + 2, end).map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}

/** Returns the code spans of a cell. */
export const codeIn = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
