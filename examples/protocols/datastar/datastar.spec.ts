import { ServerSentEventGenerator } from '@starfederation/datastar-sdk/web';
import { lastValueFrom, of, toArray } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { webServer } from '../../../spec/support/webServer';
import { patchElements, patchSignals } from './patches';

const html = '<ul id="list">\n  <li>Grüße</li>\n</ul>';
const signals = { count: 1, user: { name: 'Ada' }, gone: null };

const official = (): Response =>
  ServerSentEventGenerator.stream((stream) => {
    stream.patchElements(html);
    stream.patchElements('<li>one</li>', { selector: '#list', mode: 'append' });
    stream.patchSignals(JSON.stringify(signals));
  });

const ours = (): Response =>
  toSseResponse(
    of(
      patchElements(html),
      patchElements('<li>one</li>', { selector: '#list', mode: 'append' }),
      patchSignals(signals),
    ),
    { terminal: 'none' },
  );

describe('messages of Datastar', () => {
  it('are those of the official SDK, byte by byte', async () => {
    const body = await ours().text();
    expect(body.replace(/^:\n+/, '')).toBe(await official().text());
  });

  it('of the official SDK are read', async () => {
    const { url } = await webServer(official);
    const read = await lastValueFrom(fromEventSource(url, { reconnect: false }).pipe(toArray()));
    expect(read.map(({ type }) => type)).toEqual([
      'datastar-patch-elements',
      'datastar-patch-elements',
      'datastar-patch-signals',
    ]);
    expect(read[0]?.data).toBe(patchElements(html).data);
  });
});
