/** The state of a connection that the next connection and its decoder go on with. */
export interface SseState {
  /**
   * The ID of the last dispatched block. A later `id` field does not count yet: the rest of its block may never come.
   */
  lastEventId: string;
  /** The reconnection time that the server has sent, in milliseconds. */
  retry?: number | undefined;
  /** Whether this connection has delivered a message. */
  delivered?: boolean;
}
