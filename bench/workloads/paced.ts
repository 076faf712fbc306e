/** Characters of a message, all in all. */
export const LENGTH = 200;
/** Stands at the end of the last message, where a reader finds it without a parser. */
export const LAST = '!';

/** Number of messages, their rate, and the number of messages at the end that are the last one of a key. */
export interface Pace {
  readonly count: number;
  readonly perSecond: number;
  readonly keys: number;
}

/**
 * Sends numbered messages at a rate, each with the time at which it is sent, in microseconds of the machine's clock.
 */
export async function sendPaced(
  send: (data: string, number: number) => unknown,
  { count, perSecond, keys }: Pace,
): Promise<void> {
  const start = performance.now();
  const sendDue = (sent: number): number => {
    const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
    for (let number = sent; number < due; number++) send(paced(number, number >= count - keys), number);
    return Math.max(sent, due);
  };
  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      sent = sendDue(sent);
      if (sent < count) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

function paced(number: number, isLast: boolean): string {
  const text = `${number} ${process.hrtime.bigint() / 1000n} `;
  return text.padEnd(LENGTH - 1, 'x') + (isLast ? LAST : 'x');
}

/** Reads such messages: their numbers, and the time that each was on its way, in milliseconds. */
export function takePaced(text: string): { readonly number: number; readonly delay: number }[] {
  const now = Number(process.hrtime.bigint() / 1000n);
  return [...text.matchAll(/^data: (\d+) (\d+) /gm)].map(([, number, sentAt]) => ({
    number: Number(number),
    delay: (now - Number(sentAt)) / 1000,
  }));
}
