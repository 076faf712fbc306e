import { brokenPath } from './brokenPath';

/** A way to a server that breaks. */
export interface CuttingProxy {
  readonly url: string;
  /** Number of connections that the proxy has cut. */
  readonly cuts: () => number;
}

/**
 * Passes connections on to a server, and cuts each of them after some bytes of what the server sends, wherever in it
 * that is. It is closed when the test is over.
 *
 * @param cutAfter After how many bytes the nth connection, counted from 1, is cut; `Infinity` for never.
 */
export async function cuttingProxy(server: string, cutAfter: (n: number) => number): Promise<CuttingProxy> {
  const { url, faults } = await brokenPath(server, (n) => ({
    where: 'anywhere',
    after: cutAfter(n),
    how: 'FIN',
    pace: 'as it comes',
  }));
  return { url, cuts: () => faults.length };
}
