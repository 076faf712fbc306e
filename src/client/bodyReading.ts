import type { Observable, SchedulerLike } from 'rxjs';
import type { Chunk } from './chunkOf';

/** Receives the chunks of a body. */
export type Take = (chunk: Chunk) => void;

/** Options of reading a body. */
export interface BodyReading {
  readonly idleTimeout: number;
  /** Runs the time-out. */
  readonly scheduler: SchedulerLike | undefined;
  /** Receives the chunks. If unset, the Observable emits them. */
  readonly take?: Take | undefined;
  /** Emits, at once or later, when there is room for a chunk. If unset, there always is. */
  readonly room?: Observable<unknown> | undefined;
}
