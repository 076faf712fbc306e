/** A promise of the soak, and its result. */
export interface Promised {
  readonly what: string;
  readonly measured: number;
  readonly is: 'exactly' | 'at most';
  readonly promised: number;
  readonly unit?: string;
}

export const isKept = ({ measured, is, promised }: Promised): boolean =>
  is === 'exactly' ? measured === promised : measured <= promised;

export const grouped = (number: number): string => String(number).replace(/(?<=\d)(?=(\d{3})+$)/g, ' ');

const shown = (number: number): string => (Number.isInteger(number) ? grouped(number) : number.toFixed(2));

/** A line for each: the verdict, what it is about, what was measured, and what was promised. */
export function lines(promises: readonly Promised[]): string {
  const width = Math.max(...promises.map(({ what }) => what.length));
  return promises
    .map((promise) => {
      const { what, measured, is, promised, unit = '' } = promise;
      const verdict = isKept(promise) ? 'kept  ' : 'BROKEN';
      const relation = is === 'exactly' ? '=' : '≤';
      return `${verdict}  ${what.padEnd(width)}  ${shown(measured).padStart(8)}   ${relation} ${shown(promised)} ${unit}`;
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
