import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as rxjs from 'rxjs';
import type { Subscription } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { producer } from '../support/producer';
import { opened } from '../support/recipes';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';
import { snippets } from './snippet';

forbidUnhandledRejections();

const SERVER = 'The server of the feed';
const READER = 'A reader that continues after its own restart';

/** The server of the page, with a source and a terminal of this spec. */
async function served() {
  const numbers = producer<number>();
  const terminal: { enter?: () => void } = {};
  const process = {
    stdin: {
      on: (_: string, listener: () => void) => {
        terminal.enter = listener;
      },
    },
  };
  const modules = {
    'node:http': {
      createServer: (listener: RequestListener) => {
        const real = createServer(listener);
        const closeAllConnections = (): void => {
          real.closeAllConnections();
        };
        return { real, listen: () => real, closeAllConnections };
      },
    },
    rxjs: { ...rxjs, interval: () => numbers.source },
    'rxjs-http-streams/node': node,
  };
  const { server } = await evaluate<{ server: { readonly real: Server } }>(SERVER, { process }, { modules });
  const { origin } = await opened(server.real);
  return { numbers, origin, terminal };
}

it.each([SERVER, READER])('%s is complete: it imports what it uses', (title) => {
  expect(snippets.get(title)?.offset).toBe(1);
});

it('continues a reader that was restarted, after the message whose ID is in its file', async () => {
  const { numbers, origin } = await served();
  const folder = mkdtempSync(join(tmpdir(), 'feed-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const reader = async (name: string) => {
    const printed: unknown[] = [];
    const print = (...words: unknown[]): void => {
      printed.push(words.join(' '));
    };
    const file = join(folder, name);
    const { default: subscription } = await evaluate<{ default: Subscription }>(
      READER,
      { process: { argv: ['node', 'reader.mjs', file] }, console: { log: print, error: print } },
      { server: origin },
    );
    onTestFinished(() => {
      subscription.unsubscribe();
    });
    return { printed, subscription, file };
  };
  const one = await reader('one');
  await numbers.observedBy(1);
  await eventually(() => {
    numbers.next(0);
    return one.printed.length;
  }).toBeGreaterThan(0);
  one.subscription.unsubscribe();
  const before = readFileSync(one.file, 'utf8');
  numbers.next(1);
  numbers.next(2);
  const again = await reader('one');
  await eventually(() => again.printed.slice(-2)).toEqual(['{"n":1}', '{"n":2}']);
  expect(readFileSync(one.file, 'utf8')).not.toBe(before);

  const two = await reader('two');
  expect([two.printed, existsSync(two.file)]).toEqual([[], false]);
});

it('says that the messages after an ID of another process are gone', async () => {
  const { origin } = await served();
  const lost = record(fromEventSource(origin, { lastEventId: 'another-7' }));
  await lost.ended();
  expect(String(lost.error)).toMatch('What follows the last event ID is no longer available');
});

it('cuts all connections when Enter is pressed', async () => {
  const { numbers, origin, terminal } = await served();
  const cut = record(fromEventSource(origin, { reconnect: false }));
  await numbers.observedBy(1);
  terminal.enter?.();
  await cut.ended();
  expect(cut.outcome).toBe('error');
});
