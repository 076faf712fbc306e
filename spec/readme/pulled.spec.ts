import { of } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import type { Handler } from '../support/frameworks';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

describe('the README: a relay in flat memory', () => {
  it('passes on what it is to, and tells how that ended', async () => {
    const upstream = await webServer((request) =>
      toNdjsonResponse(of({ id: 1, ok: true }, { id: 2, ok: false }, { id: 3, ok: true }), { request }),
    );
    const told: unknown[][] = [];
    const { GET } = await evaluate<{ GET: Handler }>(
      'A relay in flat memory',
      { console: { log: (...line: unknown[]) => told.push(line) } },
      { server: upstream.url },
    );
    const relay = await webServer(GET);

    expect(await (await fetch(relay.url)).text()).toBe('{"id":1,"ok":true}\n{"id":3,"ok":true}\n');
    await eventually(() => told).toEqual([['completed', 2]]);
  });
});
