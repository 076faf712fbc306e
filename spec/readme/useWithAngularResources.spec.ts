// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import { provideHttpClient } from '@angular/common/http';
import { createEnvironmentInjector } from '@angular/core';
import type { Type, WritableSignal } from '@angular/core';
import { ndjson, sse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import * as angular from '../../src/angular';
import type { NdjsonResourceRef, StreamResourceRef } from '../../src/angular';
import * as testing from '../../src/angular-testing';
import { application } from '../angular/application';
import { evaluate } from './evaluate';

const modules = { 'rxjs-http-streams/angular': angular };

interface Shown<T> {
  readonly service: T;
  readonly streams: testing.HttpStreamTestingController;
  /** Lets the effects run, and the resources take their streams. */
  readonly tick: () => Promise<void>;
}

/** The service of a snippet, in an application whose streams the spec answers. */
async function shown<T>(title: string, name: string): Promise<Shown<T>> {
  const { [name]: Service } = await evaluate<Record<string, Type<T>>>(title, {}, { modules });
  const app = await application(
    provideHttpClient(),
    angular.provideHttpStreams(),
    testing.provideHttpStreamsTesting(),
  );
  const service = createEnvironmentInjector([Service!], app.injector).get(Service!);
  return {
    service,
    streams: app.injector.get(testing.HttpStreamTestingController),
    tick: async () => {
      app.tick();
      await Promise.resolve();
    },
  };
}

describe('Angular: A feed as a resource', () => {
  interface Market {
    readonly name: WritableSignal<string | undefined>;
    readonly tick: StreamResourceRef<{ readonly price: number } | undefined>;
    readonly prices: StreamResourceRef<Readonly<Record<string, number>>>;
  }

  it('has the latest tick, and all prices, of the market that is chosen', async () => {
    const { service, streams, tick } = await shown<Market>('A feed as a resource', 'Market');
    const { name, tick: latest, prices } = service;
    await tick();
    expect([latest.status(), prices.status()]).toEqual(['idle', 'idle']);

    name.set('north');
    await tick();
    const open = streams.match('/api/markets/north');
    for (const stream of open) {
      stream
        .open()
        .send(
          sse({ type: 'tick', data: { share: 'ACME', price: 1 } }),
          sse({ type: 'tick', data: { share: 'BOLT', price: 2 } }),
        );
    }
    await tick();
    expect([latest.value()?.price, latest.connection(), prices.value()]).toEqual([
      2,
      'open',
      { ACME: 1, BOLT: 2 },
    ]);
    open[1]?.send(sse({ type: 'closed', data: 'for today' }));
    expect(prices.value()).toEqual({});

    name.set('south');
    await tick();
    expect(open.map(({ closed }) => closed)).toEqual([true, true]);
    expect(streams.match('/api/markets/south')).toHaveLength(2);
  });
});

describe('Angular: Rows with their progress', () => {
  it('keeps the rows of a body that is cut', async () => {
    const { service, streams, tick } = await shown<{ rows: NdjsonResourceRef<readonly object[]> }>(
      'Rows with their progress',
      'Rows',
    );
    await tick();
    const stream = streams
      .expectOne('/api/rows')
      .open()
      .send(ndjson({ id: 1 }, { id: 2 }));
    await tick();
    expect(service.rows.progress()).toEqual({ loaded: 18, total: undefined });
    stream.cut();

    expect(service.rows.error()).toMatchObject({ name: 'StreamNetworkError' });
    expect(service.rows.lastValue()).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
