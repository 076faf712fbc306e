import * as z from 'zod';

/** Schemas of everything that crosses the wire, for both sides. */

/** A point of the feed. */
export const pointSchema = z.object({
  /** Counted from 1, without a gap. */
  n: z.number(),
  /** Time of the measurement, by the clock of the server. */
  at: z.number(),
  megabytes: z.number(),
});
export type Point = z.infer<typeof pointSchema>;

/** The first message for a client that joins the feed: all points up to `newest` are older than its request. */
export const joinedSchema = z.object({ newest: z.number(), at: z.number() });
export type Joined = z.infer<typeof joinedSchema>;

/** Counts of the server. */
export const countsSchema = z.object({
  /** Questions for the model, with or without an answer that was cut off. */
  questions: z.number(),
  /** Number of tokens that were billed. */
  billed: z.number(),
  /** Words that the model has said. */
  words: z.number(),
  /** Answers that are being given. */
  answering: z.number(),
  /** Rows that the last response with rows was asked for. */
  rows: z.number(),
  /** Whether the network of the feed is cut. */
  down: z.boolean(),
});
export type Counts = z.infer<typeof countsSchema>;

/** A row of the table: what a weather station has measured in a day. */
export interface Day {
  id: number;
  station: string;
  date: string;
  /** Every ten minutes, in tenths of a kelvin: always four digits, as a row is always {@link DAY_BYTES} long. */
  decikelvins: number[];
}

/** The length of a row on the wire, its line break included: the progress bar has to know where the end is. */
export const DAY_BYTES = 787;
