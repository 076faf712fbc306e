import type { KubernetesObject } from '@kubernetes/client-node';
import { mergeMap } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import { ApiError } from './apiError';
import type { WatchEvent } from './watchEvent';

/** Reads the changes after a version, which moves along with them. */
export const changesAfter = <T extends KubernetesObject>(url: string, place: { version: string }) =>
  fromNdjsonFetch<WatchEvent<T>>(() => [
    `${url}?watch=true&allowWatchBookmarks=true&resourceVersion=${place.version}`,
  ]).pipe(
    mergeMap((event): WatchEvent<T>[] => {
      if (event.type === 'ERROR') throw new ApiError(event.object);
      place.version = event.object.metadata?.resourceVersion ?? place.version;
      return event.type === 'BOOKMARK' ? [] : [event];
    }),
  );
