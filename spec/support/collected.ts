import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { macrotasks } from './macrotasks';

/** Counts the objects that are gone after a garbage collection. */
export async function collected(references: readonly WeakRef<object>[]): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What was looked at stays until the turn is over.
  await macrotasks();
  collect();
  return references.filter((reference) => reference.deref() === undefined).length;
}
