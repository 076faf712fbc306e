/** The shares that are traded. */
export const SHARES: readonly string[] = ['ACME', 'BOLT', 'CORK', 'DUNE', 'ECHO', 'FLUX', 'GRID', 'HALO'];

/** A change of the price of one of them. */
export interface Tick {
  readonly symbol: string;
  readonly price: number;
}
