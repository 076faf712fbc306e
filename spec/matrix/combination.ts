/** One thing that is tried. */
export interface Combination {
  readonly name: string;
  /** A canary may fail: the run then says why, and stays green. */
  readonly canary?: boolean;
  /** Tries it, and returns a detail for its line. Throws what went wrong. */
  readonly run: () => Promise<string>;
}

/** The packed package, and fresh projects that install it. */
export interface Matrix {
  /** The temporary folder of the run. */
  readonly folder: string;
  readonly tarball: string;
  /**
   * Makes a project in a folder of its own, and installs the package beside what the manifest names.
   *
   * @param name - The name of the folder.
   * @param manifest - The dependencies with their exact versions, and further members of package.json.
   * @param files - Files of `applications` that are copied into it, or their text by their path.
   * @returns The folder.
   */
  readonly project: (name: string, manifest: Manifest, files?: Files) => Promise<string>;
}

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly type?: 'module' | 'commonjs';
  readonly overrides?: Readonly<Record<string, string>>;
  /** Installs even what a peer range refuses. */
  readonly anyPeer?: boolean;
}

export type Files = readonly string[] | Readonly<Record<string, string>>;

/** Lists the combinations of one part of the matrix. */
export type Part = (matrix: Matrix) => readonly Combination[];

/** A thing that the registry of this machine does not have: its combination is left out, in words. */
export class NotToBeHad extends Error {}

/** Makes a function that runs once, for all combinations that share a project. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
