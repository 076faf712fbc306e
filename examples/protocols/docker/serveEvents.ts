import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import type { DockerEvent } from './dockerEvent';

const encoder = new TextEncoder();

/** Answers with events. JSON has no notation for a bigint, so the digits are put in. */
export const serveEvents = (event$: Observable<DockerEvent>, request: Request): Response => {
  const lines$ = event$.pipe(
    map(({ timeNano, ...event }) => `${JSON.stringify(event).slice(0, -1)},"timeNano":${timeNano}}\n`),
    map((line) => encoder.encode(line)),
  );
  return toNdjsonResponse(lines$, { request, headers: { 'content-type': 'application/json' } });
};
