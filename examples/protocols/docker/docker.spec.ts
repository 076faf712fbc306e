import Docker from 'dockerode';
import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import type { DockerEvent } from './dockerEvent';
import { fromEvents } from './fromEvents';
import { serveEvents } from './serveEvents';

forbidUnhandledRejections();

const event = (name: string, timeNano: bigint): DockerEvent => ({
  Type: 'volume',
  Action: 'create',
  Actor: { ID: name, Attributes: { driver: 'local' } },
  timeNano,
});
const first = event('first', 1795987764409298773n);
const second = event('second', 1795987764746506831n);

describe('the events of a Docker engine', () => {
  it('are read by dockerode before the next is made, and the source ends with its client', async () => {
    const events = producer(first);
    const { url, disconnected } = await webServer((request) => serveEvents(events.source, request));
    const { hostname, port } = new URL(url);
    const stream = await new Docker({ host: hostname, port, protocol: 'http' }).getEvents();
    const lines: string[] = [];
    for await (const chunk of stream) {
      lines.push(chunk.toString());
      if (lines.length === 1) events.next(second);
      else break;
    }
    expect(lines).toEqual([
      expect.stringContaining('1795987764409298773') as unknown,
      expect.stringContaining('"ID":"second"') as unknown,
    ]);
    await events.observedBy(0);
    await disconnected(1);
  });

  it('are read on after a cut, from behind the last one', async () => {
    const events = producer(first);
    const { url, exchanges, exchange, disconnected } = await webServer((request) =>
      serveEvents(events.source, request),
    );
    const seen: DockerEvent[] = [];
    await fromEvents(url.slice(0, -1), {}, 1)
      .pipe(take(2))
      .forEach((each) => {
        seen.push(each);
        exchanges[0]?.response.destroy();
      });
    expect(seen).toEqual([first, first]);
    expect((await exchange(2)).request.url).toBe('/events?since=1795987764.409298774');
    await disconnected(2);
  });
});
