import type { ObservableInput } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';

/** Rules of a feed for clients that connect, and for clients that have lost messages. */
export interface FeedRules<T extends SseMessageInit> {
  readonly from: 'now' | 'start';
  readonly onGap: 'error' | 'replay' | ((lastEventId: string) => ObservableInput<T>);
  /** Whether a client that begins at the start has a gap if the log has deleted its oldest messages. */
  readonly isWhole?: boolean;
}
