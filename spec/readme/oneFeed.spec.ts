import { fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

type Handler = (request: Request) => Response | Promise<Response>;

forbidUnhandledRejections();

describe('the README: One feed for many clients', () => {
  interface Quote {
    readonly share: string;
    readonly price: number;
  }

  it('goes on after the last message, and after a gap with the state of the moment', async () => {
    const prices = producer<Quote>();
    const { GET } = await evaluate<{ GET: Handler }>('One feed for many clients', { price$: prices.source });
    const { url } = await webServer(GET);
    const first = record(fromEventSource(url));
    await prices.observedBy(1);
    for (const price of [1, 2]) prices.next({ share: 'a', price });
    prices.next({ share: 'b', price: 7 });
    await first.received(3);

    const resumed = record(fromEventSource(url, { lastEventId: first.values[0]!.id }));
    const lost = record(fromEventSource(url, { lastEventId: 'of another life' }));
    await resumed.received(2);
    await lost.received(2);
    const dataOf = (values: readonly { readonly data: string }[]): unknown[] =>
      values.map(({ data }) => JSON.parse(data) as unknown);
    expect(dataOf(resumed.values)).toEqual([
      { share: 'a', price: 2 },
      { share: 'b', price: 7 },
    ]);
    expect(dataOf(lost.values)).toEqual(dataOf(resumed.values));
    prices.next({ share: 'a', price: 3 });
    await lost.received(3);
    expect(dataOf(lost.values).at(-1)).toEqual({ share: 'a', price: 3 });
    expect(prices.subscriptions()).toBe(1);
    for (const { subscription } of [first, resumed, lost]) subscription.unsubscribe();
  });
});

describe('the README: A log of its own', () => {
  it('is published to before there is a client, who may come back', async () => {
    const prices = producer<{ readonly price: number }>();
    const { GET } = await evaluate<{ GET: Handler }>('A log of its own', { price$: prices.source });
    await prices.observedBy(1);
    const { url } = await webServer(GET);
    prices.next({ price: 1 });
    const client = record(fromEventSource(url));
    // Nothing tells when a newcomer has its place but its first message.
    await Promise.race([
      client.received(1),
      (async () => {
        while (client.values.length === 0) {
          prices.next({ price: 2 });
          await new Promise((resolve) => setImmediate(resolve));
        }
      })(),
    ]);
    client.subscription.unsubscribe();
    prices.next({ price: 3 });
    const again = record(fromEventSource(url, { lastEventId: client.values.at(-1)!.id }));
    await again.received(1);
    prices.next({ price: 4 });
    await again.received(again.values.length + 1);
    expect(JSON.parse(again.values.at(-1)!.data)).toEqual({ price: 4 });
    again.subscription.unsubscribe();
  });
});
