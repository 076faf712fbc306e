import { fromEvent, lastValueFrom, merge, take, toArray } from 'rxjs';

const TYPES = ['start', 'tick', 'close', 'abort', 'error'];

/** The first events that a target of ticks fires, of whatever type. */
export const firstEvents = (target: EventTarget, count: number): Promise<Event[]> =>
  lastValueFrom(merge(...TYPES.map((type) => fromEvent<Event>(target, type))).pipe(take(count), toArray()));
