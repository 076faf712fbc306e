import type { KubernetesObject } from '@kubernetes/client-node';

/** A line of a watch. An event of the type `BOOKMARK` has no object, but the version to continue from. */
export type WatchEvent<T extends KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: { readonly code: number; readonly message?: string } };
