import { EMPTY, defer } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../flow/observed';
import { puller } from '../flow/puller';
import { check } from '../options/rules';
import type { Rule } from '../options/rules';
import { aSource } from '../options/values';
import type { BodyReading } from './bodyReading';
import type { Chunk } from './chunkOf';
import { readPulledBody } from './readPulledBody';
import { readPushedBody } from './readPushedBody';
import type { StreamResponse } from './streamInit';

const streamed: Rule = { expected: 'a response whose body can be streamed', allows: aSource.allows };

/** Reads a body of any kind. If the body has back-pressure, each chunk is read when there is room for it. */
export function readBody({ body, status }: StreamResponse, reading: BodyReading): Observable<Chunk> {
  // For 204 browsers give an empty stream and other platforms give null.
  if (body === null || status === 204) return EMPTY;
  const source = typeof body === 'string' || ArrayBuffer.isView(body) ? [body] : body;
  check('fetch', source, streamed);
  return defer(() => {
    const pull = puller<unknown>(source);
    return pull ? readPulledBody(pull, reading) : readPushedBody(observed<unknown>(source), reading);
  });
}
