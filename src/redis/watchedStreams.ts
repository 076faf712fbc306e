import { Subject, Subscription } from 'rxjs';
import type { StreamPlace } from './commands';
import { isAfter } from './ids';

/** A stream that has readers. */
export interface WatchedStream {
  /** Emits when the stream may have new entries. */
  readonly subject: Subject<void>;
  /** The read of the newest ID, which starts when the stream is added. */
  readonly running: Subscription;
  /** Number of readers. */
  readers: number;
  /** The ID up to which the readers were woken. Unset until a reader, or the read of the newest ID, gives one. */
  told: string | undefined;
  /** The newest ID that a reader has reached. */
  newest: string | undefined;
}

/** The streams for which one connection waits, with the place of each and the readers to wake. */
export class WatchedStreams {
  readonly #streams = new Map<string, WatchedStream>();
  readonly #placeSubject = new Subject<void>();
  /** Emits when the connection must wait for other places, because a stream was added or has gone back. */
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

  /** Records the ID that a reader of a stream has reached, so that no reader is woken for older entries. */
  reached(key: string, id: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined) this.#begin(stream, id);
    else if (isAfter(id, stream.newest)) stream.newest = id;
  }

  /** Records the head of a stream. If the server has lost data, the head may be older than the recorded ID. */
  begins(key: string, head: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined || isAfter(stream.newest, head)) this.#begin(stream, head);
  }

  /** Returns the places to wait for. If one reader is ahead of a stream's last wake-up, all its readers are woken. */
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

  /** Wakes the readers of the streams in which new entries were found. */
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
