import { once } from '../combination';
import type { Combination, Part } from '../combination';
import { run } from '../run';
import { versions } from '../versions';

/** The ends of the range of the peer, and the versions beyond it as canaries. */
export const rxjs: Part = ({ project }) => {
  const { oldest, newest, canaries } = versions.rxjs;
  const each = (version: string, canary: boolean): Combination[] => {
    const files = ['check.cjs', 'use.mjs', 'use.cjs'];
    const made = once(() =>
      project(`rxjs-${version}`, { dependencies: { rxjs: version }, anyPeer: canary }, files),
    );
    return (['mjs', 'cjs'] as const).map((kind) => ({
      name: `rxjs ${version}, ${kind === 'mjs' ? 'ESM' : 'CommonJS'}`,
      canary,
      run: async () => run(process.execPath, [`use.${kind}`], await made()),
    }));
  };
  return [
    ...[oldest, newest].flatMap((version) => each(version, false)),
    ...canaries.flatMap((version) => each(version, true)),
  ];
};
