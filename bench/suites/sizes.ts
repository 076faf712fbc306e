import type { Cut } from '../workloads/chunks';

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** Names a way of cutting for a table. */
export function cutName(cut: Cut): string {
  if (cut === 'value') return 'one value a chunk';
  return cut < KIB * 2 ? `${cut} B chunks` : `${cut / KIB} KiB chunks`;
}

/** Number of bytes to read in one run: chunks cost more than bytes do. */
export function totalFor(cut: Cut): number {
  if (cut === 'value') return 4 * MIB;
  return cut < KIB ? MIB : cut < 2 * KIB ? 8 * MIB : 16 * MIB;
}
