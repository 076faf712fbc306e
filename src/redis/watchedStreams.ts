import { Subject, Subscription } from 'rxjs';
import type { StreamPlace } from './commands';
import { isAfter } from './ids';

/** A stream that has readers. */
export interface WatchedStream {
  /** Emits when there may be more. */
  readonly subject: Subject<void>;
  readonly running: Subscription;
  readers: number;
  /** The id up to which the readers were woken; unset until one of them knows where the stream is. */
  told: string | undefined;
  /** The newest id that a reader has seen. */
  newest: string | undefined;
}

/** Streams that have readers, and the place of each: what one connection waits for, and the readers that it wakes. */
export class WatchedStreams {
  readonly #streams = new Map<string, WatchedStream>();
  readonly #placeSubject = new Subject<void>();
  /** Emits when a stream has another place than the one that is waited for, as one that was added. */
  readonly placed$ = this.#placeSubject.asObservable();

  get(key: string): WatchedStream | undefined {
    return this.#streams.get(key);
  }

  add(key: string): WatchedStream {
    const stream: WatchedStream = {
      subject: new Subject<void>(),
      running: new Subscription(),
      readers: 0,
      told: undefined,
      newest: undefined,
    };
    this.#streams.set(key, stream);
    return stream;
  }

  remove(key: string): void {
    this.#streams.delete(key);
  }

  /** Takes note of an id that a reader has read of a stream, so that it is not woken for it. */
  reached(key: string, id: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined) this.#begin(stream, id);
    else if (isAfter(id, stream.newest)) stream.newest = id;
  }

  /** Takes note of the head of a stream, which is an older one where the server has lost data. */
  begins(key: string, head: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined || isAfter(stream.newest, head)) this.#begin(stream, head);
  }

  /** The streams to wait for. Where a reader is ahead of what was told, the others are woken instead. */
  places(): StreamPlace[] {
    const places: StreamPlace[] = [];
    const ahead: WatchedStream[] = [];
    for (const [key, stream] of this.#streams) {
      if (stream.told === undefined || stream.newest === undefined) continue;
      if (isAfter(stream.newest, stream.told)) ahead.push(stream);
      stream.told = stream.newest;
      places.push([key, stream.told]);
    }
    for (const { subject } of ahead) subject.next();
    return places;
  }

  /** Wakes the readers of streams that have entries after their places. */
  found(places: readonly StreamPlace[]): void {
    for (const [key, id] of places) {
      const stream = this.#streams.get(key);
      if (!stream) continue;
      stream.told = id;
      this.reached(key, id);
      stream.subject.next();
    }
  }

  wakeAll(): void {
    for (const { subject } of [...this.#streams.values()]) subject.next();
  }

  #begin(stream: WatchedStream, id: string): void {
    stream.told = stream.newest = id;
    this.#placeSubject.next();
  }
}
