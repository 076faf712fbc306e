/** How many clients there are, by how they behave; a request names it. */
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

/** Those that read, and so have to get every message. */
export const READERS = CLIENTS.staying + CLIENTS.leaving + CLIENTS.severed;
/** Those that do not. */
export const ABSENT = CLIENTS.stalling + CLIENTS.flooded;

/** Messages of a burst, and the milliseconds between two. */
export const BURST = 10;
export const BURST_EVERY = 250;
/** Messages a second. */
export const PACE = (BURST * 1_000) / BURST_EVERY;

/**
 * What those that never read are sent for each message, in bytes, and for how many messages: more than their sockets
 * take; for those that stall less than `maxBufferedBytes`, which is 8 MiB.
 */
export const LOADS = {
  stalling: { bytes: 80 * 1024, count: 90 },
  flooded: { bytes: 256 * 1024, count: Infinity },
} as const;
/** When the server gives up on a client that does not read, in milliseconds. */
export const STALL_TIMEOUT = 3_000;

/** How many clients the server cuts off after each burst. */
export const CUTS = 25;
/** How long the server asks those that it has cut off to wait, in milliseconds, and how long they wait at most. */
export const RETRY = 300;
export const MAX_DELAY = 1_000;
/** After how many messages a client leaves, and for how long it is away, in milliseconds: from, to. */
export const STAY = [80, 320] as const;
export const AWAY = [200, 1_000] as const;
/** How many may be away when a burst is sent: on a machine that is too slow for the pace, the pace slows down. */
export const MAX_AWAY = 300;
