import { LAST, takePaced } from '../workloads/paced';

/** Readers whose messages are looked at one by one: the others cost what is measured. */
const LOOKED_AT = 10;

/** The readers of a feed, and what they have seen. */
export class FeedReaders {
  delays: number[] = [];
  readonly #readers: readonly ReadableStreamDefaultReader<Uint8Array>[];
  #numbers: number[][] = [];
  #live = 0;
  #done = 0;
  #called: () => void = () => undefined;

  constructor(bodies: readonly ReadableStream<Uint8Array>[]) {
    this.#readers = bodies.map((body) => body.getReader());
  }

  /** Begins to read, and settles once each of them is live. */
  async start(): Promise<void> {
    const every = Math.ceil(this.#readers.length / LOOKED_AT);
    this.#numbers = Array.from({ length: Math.ceil(this.#readers.length / every) }, () => []);
    await new Promise<void>((resolve) => {
      this.#called = resolve;
      for (const [index, reader] of this.#readers.entries()) {
        void this.#read(reader, index % every === 0 ? this.#numbers[index / every] : undefined);
      }
    });
  }

  /** Settles when all of them have seen the last message. */
  async seen(): Promise<void> {
    if (this.#done < this.#readers.length) {
      await new Promise<void>((resolve) => {
        this.#called = () => {
          if (this.#done === this.#readers.length) resolve();
        };
      });
    }
    this.#done = 0;
  }

  /** Gives the numbers that those which are looked at have seen since the last time. */
  take(): number[][] {
    return this.#numbers.map((numbers) => numbers.splice(0));
  }

  async leave(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.cancel()));
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>, numbers: number[] | undefined): Promise<void> {
    const decoder = new TextDecoder();
    const last = LAST.charCodeAt(0);
    // A body greets its client before it knows after which id that one is live.
    while (!decoder.decode((await reader.read()).value).startsWith('id: '));
    if (++this.#live === this.#readers.length) this.#called();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (numbers) {
        for (const { number, delay } of takePaced(decoder.decode(value))) {
          numbers.push(number);
          this.delays.push(delay);
        }
      }
      // The two line feeds that end a message follow.
      if (value[value.length - 3] === last) {
        this.#done++;
        this.#called();
      }
    }
  }
}
