import { Digest } from '../digest';
import { valuesOf } from '../workloads/values';

/** Messages that go out in bursts, over and over the same. */
export interface Bursts {
  /** Sends one burst. */
  readonly sendTo: (send: (data: string) => unknown) => void;
  /** The digest of what a client has seen after so many bursts. */
  readonly digest: (times: number) => string;
  /** The bytes of the data of one burst, at the least. */
  readonly bytes: number;
}

export function burstsOf(length: number): Bursts {
  const messages = valuesOf('tick', 32 * length)
    .map((value) => JSON.stringify(value))
    .slice(0, length);
  return {
    sendTo(send) {
      for (const message of messages) send(message);
    },
    digest(times) {
      const digest = new Digest();
      for (let time = 0; time < times; time++) for (const message of messages) digest.add(message);
      return String(digest);
    },
    bytes: messages.join('').length,
  };
}
