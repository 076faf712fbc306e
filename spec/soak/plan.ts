/** Number of clients, by their behaviour, which their requests name. */
export const CLIENTS = {
  /** Read from the beginning to the end, on one connection. */
  staying: 900,
  /** Leave, and come back after a while. */
  leaving: 500,
  /** Are cut off by the server, and reconnect by themselves. */
  severed: 500,
  /** Never read, and are behind by less than may wait for them. */
  stalling: 50,
  /** Never read, and are behind by more than that. */
  flooded: 50,
} as const;

export type Behaviour = keyof typeof CLIENTS;

/** Number of clients that read, and so have to receive every message. */
export const READERS = CLIENTS.staying + CLIENTS.leaving + CLIENTS.severed;
/** Number of clients that do not read. */
export const ABSENT = CLIENTS.stalling + CLIENTS.flooded;

/** Messages of a burst, and the milliseconds between two. */
export const BURST = 10;
export const BURST_EVERY = 250;
/** Messages a second. */
export const PACE = (BURST * 1_000) / BURST_EVERY;

/**
 * Bytes that clients which never read are sent for each message, and the number of those messages: more than their
 * sockets take. Clients that stall are sent less than `maxBufferedBytes`, which is 8 MiB.
 */
export const LOADS = {
  stalling: { bytes: 80 * 1024, count: 90 },
  flooded: { bytes: 256 * 1024, count: Infinity },
} as const;
/** Time after which the server cuts off a client that does not read, in milliseconds. */
export const STALL_TIMEOUT = 3_000;

/** Number of clients that the server cuts off after each burst. */
export const CUTS = 25;
/** Reconnection time of the clients that the server cuts off, and their longest delay, in milliseconds. */
export const RETRY = 300;
export const MAX_DELAY = 1_000;
/** After how many messages a client leaves, and for how long it is away, in milliseconds: from, to. */
export const STAY = [80, 320] as const;
export const AWAY = [200, 1_000] as const;
/** Number of clients that may be disconnected when a burst is sent. A machine that is too slow slows down the pace. */
export const MAX_AWAY = 300;
