import type { KubernetesListObject, KubernetesObject } from '@kubernetes/client-node';
import { catchError, mergeMap, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { isStreamGapError, toNdjsonResponse } from 'rxjs-http-streams';

type Feed = (version?: string) => Observable<{ readonly data?: unknown }>;

const expired = { type: 'ERROR', object: { kind: 'Status', reason: 'Expired', code: 410 } };
const orGone = (error: unknown) => (isStreamGapError(error) ? of(expired) : throwError(() => error));

/** Answers a list, and a watch by a source of `resumable`, whose messages have the versions of the changes as ids. */
export const serveWatch =
  (list: () => KubernetesListObject<KubernetesObject>, feed: Feed) =>
  (request: Request): Response => {
    const { searchParams } = new URL(request.url);
    if (!searchParams.has('watch')) return Response.json(list());
    const message$ = feed(searchParams.get('resourceVersion') ?? '');
    const change$ = message$.pipe(mergeMap(({ data }) => (data ? [data] : [])));
    return toNdjsonResponse(change$.pipe(catchError(orGone)), { request });
  };
