// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { PLATFORM_ID, createEnvironmentInjector } from '@angular/core';
import type { ApplicationConfig, InputSignal, Provider, ResourceRef, Type } from '@angular/core';
import { SIGNAL } from '@angular/core/primitives/signals';
import * as rxjs from 'rxjs';
import { Subject, lastValueFrom, of, toArray } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { fromEventSource, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as angular from '../../src/angular';
import { eventually } from '../end-to-end/eventually';
import { application } from '../angular/application';
import { failing } from '../support/failing';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { opened } from '../support/recipes';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';
import { snippets } from './snippet';

forbidUnhandledRejections();

describe('the README: Angular', () => {
  interface Chat {
    answer(question: string): Observable<string>;
  }
  const chunk = (choice: object): { data: object } => ({ data: { choices: [choice] } });

  it('tells an answer as it grows, and reads frames without delta or choice', async () => {
    const { url, exchange } = await webServer((request) =>
      toSseResponse(
        of(
          { data: { choices: [] } },
          chunk({ finish_reason: null }),
          chunk({ delta: { content: 'Hel' } }),
          chunk({ delta: { content: 'lo' } }),
          chunk({ delta: {} }),
        ),
        { request, endMarker: '[DONE]' },
      ),
    );
    const { Chat } = await evaluate<{ Chat: new () => Chat }>('The component', {}, { server: url });

    expect(await lastValueFrom(new Chat().answer('Hi').pipe(toArray()))).toEqual([
      '',
      '',
      'Hel',
      'Hello',
      'Hello',
    ]);
    const { request } = await exchange(1);
    expect(`${request.method} ${request.url}`).toBe('POST /v1/chat/completions');
  });

  it.each(['The component', 'A server in place of the model'])(
    'is complete, each file imports what it uses: %s',
    (title) => {
      expect(snippets.get(title)?.offset).toBe(1);
    },
  );

  it('has a server to try it with, which says how each answer has ended', async () => {
    const printed: string[] = [];
    const words = producer<number>();
    const { serve } = await evaluate<{ serve: RequestListener }>(
      'A server in place of the model',
      { console: { log: (text: string) => printed.push(text) } },
      {
        modules: {
          'node:http': { createServer: () => ({ listen: () => undefined }) },
          rxjs: { ...rxjs, interval: () => words.source },
          'rxjs-http-streams/node': node,
        },
      },
    );
    const { origin } = await opened(createServer(serve));
    const { Chat } = await evaluate<{ Chat: new () => Chat }>('The component', {}, { server: origin });

    const whole = record(new Chat().answer('Why?'));
    await words.observedBy(1);
    for (let n = 0; n < 100; n++) words.next(n);
    await whole.ended();
    expect(whole.outcome).toBe('complete');
    expect(whole.values.at(-1)).toMatch(/^You have asked: Why\? This is .+\.$/);
    await eventually(() => printed).toEqual(['completed']);

    const stopped = record(new Chat().answer('Why?'));
    await words.observedBy(1);
    stopped.subscription.unsubscribe();
    await eventually(() => printed).toEqual(['completed', 'left']);
  });

  it('shows what it is asked, stops, and says that an answer was cut off', async () => {
    const words = producer(chunk({ delta: { content: 'Hel' } }));
    let failed = false;
    const { url } = await webServer((request) =>
      toSseResponse(failed ? failing() : words.source, { request, endMarker: '[DONE]', heartbeat: 0 }),
    );
    interface Shown {
      readonly ask: Subject<string>;
      readonly stop: Subject<void>;
      readonly text: () => string;
    }
    const { Chat, App } = await evaluate<{ Chat: Type<Chat>; App: Type<Shown> }>(
      'The component',
      {},
      { server: url },
    );
    const app = await application(Chat, App);
    const shown = app.injector.get(App);

    expect(shown.text()).toBe('');
    shown.ask.next('Hi');
    await eventually(shown.text).toBe('Hel');
    words.next(chunk({ delta: { content: 'lo' } }));
    await eventually(shown.text).toBe('Hello');
    shown.stop.next();
    await words.observedBy(0);
    expect(shown.text()).toBe('Hello');
    failed = true;
    shown.ask.next('Hi again');
    await eventually(shown.text).toBe('The answer was cut off.');
  });
});

describe('the README: Interceptors', () => {
  interface Market {
    readonly share: InputSignal<string>;
    readonly price: ResourceRef<SseMessage | undefined>;
    readonly rows: () => readonly string[];
  }
  class Session {
    readonly token = (): string => 'stale';
    readonly renew = (): Observable<string> => of('fresh');
  }

  const recipe = async (server?: string): Promise<{ appConfig: ApplicationConfig; Market: Type<Market> }> => {
    const environment = {
      modules: { 'rxjs-http-streams/angular': angular, './session': { Session } },
      ...(server && { server }),
    };
    const { appConfig } = await evaluate<{ appConfig: ApplicationConfig }>('Interceptors', {}, environment);
    const { Market } = await evaluate<{ Market: Type<Market> }>('Signals and resources', {}, environment);
    return { appConfig: { providers: [...appConfig.providers, Session] }, Market };
  };

  it('renews a token after a 401, and tries once more', async () => {
    const { appConfig } = await recipe();
    const app = await application(...appConfig.providers);
    const fetch = app.injector.get(angular.HTTP_STREAM_FETCH);
    const { url, exchanges } = await httpServer(({ headers }, response) => {
      if (headers.authorization === 'Bearer fresh')
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: a\n\n');
      else response.writeHead(401).end();
    });

    const message = await lastValueFrom(fromEventSource(url, { fetch, reconnect: false }));

    expect(message.data).toBe('a');
    expect(exchanges.map(({ request }) => request.headers.authorization)).toEqual([
      'Bearer stale',
      'Bearer fresh',
    ]);
  });

  /** The component, given its share as by a template; `destroy` is what its host does last. */
  async function shown(
    url: string,
    ...platform: Provider[]
  ): Promise<{ market: Market; destroy: () => void }> {
    const { appConfig, Market } = await recipe(url);
    const app = await application(...appConfig.providers, ...platform);
    const host = createEnvironmentInjector([Market], app.injector);
    const market = host.get(Market);
    const node = market.share[SIGNAL];
    node.applyValueToInputSignal(node, 'ACME');
    return {
      market,
      destroy: () => {
        host.destroy();
      },
    };
  }

  it('renders the price of a share, and a feed once a frame, until the component is destroyed', async () => {
    const frames = new Subject<number>();
    vi.stubGlobal('requestAnimationFrame', (render: (time: number) => void) => frames.subscribe(render));
    vi.stubGlobal('cancelAnimationFrame', (frame: Subscription | undefined) => frame?.unsubscribe());
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const rows = producer(...Array.from({ length: 150 }, (_, n) => ({ data: n })));
    const prices = producer({ data: 7 });
    const { url } = await webServer((request) =>
      toSseResponse(request.url.endsWith('/prices/ACME') ? prices.source : rows.source, {
        request,
        heartbeat: 0,
      }),
    );
    const { market, destroy } = await shown(url);

    await eventually(() => {
      frames.next(0);
      return market.rows().length;
    }).toBe(100);
    await eventually(() => market.price.value()?.data).toBe('7');
    destroy();

    await Promise.all([rows.observedBy(0), prices.observedBy(0)]);
  });

  it('asks for the price alone on a server', async () => {
    const { url, exchange, exchanges } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 7\n\n');
    });
    const { market } = await shown(url, { provide: PLATFORM_ID, useValue: 'server' });

    await exchange(1);
    await eventually(() => market.price.value()?.data).toBe('7');
    expect(exchanges.map(({ request }) => request.url)).toEqual(['/prices/ACME']);
    expect(market.rows()).toEqual([]);
  });
});

describe('the README: Node', () => {
  interface Run {
    readonly written: readonly string[];
    readonly printed: readonly unknown[][];
    readonly ended: Promise<void>;
  }
  const run = async (url: string): Promise<Run> => {
    const written: string[] = [];
    const printed: unknown[][] = [];
    let end: () => void;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const print = (...words: unknown[]): void => {
      printed.push(words);
      end();
    };
    const appendFile = (_name: string, line: string): Promise<void> => {
      written.push(line);
      return Promise.resolve();
    };
    await evaluate(
      'Node',
      { console: { log: print, error: print } },
      { server: url, modules: { 'node:fs/promises': { appendFile } } },
    );
    return { written, printed, ended };
  };

  it('writes each row, and says that all came', async () => {
    const { url } = await webServer((request) => toNdjsonResponse(of({ id: 1 }, { id: 2 }), { request }));
    const { written, printed, ended } = await run(url);
    await ended;
    expect({ written, printed }).toEqual({ written: ['1\n', '2\n'], printed: [['all rows came']] });
  });

  it('says that not all came', async () => {
    const { url } = await httpServer((_, response) => {
      response.end('{"id":1}\n{"id":');
    });
    const { written, printed, ended } = await run(url);
    await ended;
    expect(written).toEqual(['1\n']);
    expect(printed).toEqual([['not all rows came:', expect.stringContaining('without')]]);
  });
});

describe('the README: Tests', () => {
  it('passes', async () => {
    const passed: string[] = [];
    const it = (name: string, test: () => void): void => {
      test();
      passed.push(name);
    };
    await evaluate('Marble tests', {}, { modules: { vitest: { expect, it } } });
    expect(passed).toEqual(['continues a feed after the last message it has seen']);
  });
});
