import { firstValueFrom, lastValueFrom, skipUntil, take, tap, toArray } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { clock } from '../../examples/s2-clock/clock';
import { withPage } from '../../examples/serving/withPage';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { failing$, once$, quick$, stoppable } from './beats';
import { eventually } from './eventually';
import { outcome } from './outcome';
import { served } from './served';

const folder = new URL('../../examples/s2-clock/', import.meta.url);

const time = expect.objectContaining({
  type: 'message',
  data: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  id: '',
}) as unknown;

describe('an event stream with comments in between', () => {
  it('delivers the first time before the second is produced', async () => {
    const { origin } = await served(clock(once$));

    expect(await firstValueFrom(fromEventSource(origin))).toEqual(time);
  });

  it('follows each time with a comment, which no client sees', async () => {
    const { origin } = await served(clock(once$.pipe(take(1))));

    expect(await (await fetch(origin)).text()).toMatch(/\ndata: [-\dT:.]+Z\n\n: ?\n/);
    expect(await outcome(fromEventSource(origin, { reconnect: false }))).toEqual([time]);
  });

  it('ends the producer when the client stops, also between two messages', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await served(clock(source$));

    await firstValueFrom(fromEventSource(origin));

    await firstValueFrom(stopped$);
  });

  it('shows a producer that fails as a failure, of which it says no more than it may', async () => {
    const { origin } = await served(clock(failing$));

    const seen = await outcome(fromEventSource(origin, { reconnect: false }));

    expect(seen.slice(0, 3)).toEqual([time, time, time]);
    expect(seen.slice(3)).toEqual([expect.objectContaining({ name: 'StreamServerError' })]);
    expect(String(seen[3])).not.toContain('secret');
  });

  it('shows a connection that breaks as a failure to who does not reconnect', async () => {
    const { origin, exchanges } = await served(clock(once$));

    const seen = await outcome(
      fromEventSource(origin, { reconnect: false }).pipe(tap(() => exchanges[0]?.response.destroy())),
    );

    expect(seen).toEqual([time, expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('serves a second client on when the first has left', async () => {
    const { source$, stopped$ } = stoppable(quick$);
    const { origin } = await served(clock(source$));

    const second = lastValueFrom(fromEventSource(origin).pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(fromEventSource(origin));

    expect(await second).toHaveLength(2);
  });
});

describe.skipIf(!installedChromium)('the page of the clock', () => {
  it.each(['native', 'observable'])('shows the time as it changes, %s', async (id) => {
    const { origin } = await served(withPage(folder, clock(quick$)));
    const page = await openPage(origin);
    const shown = async (): Promise<string | null> => page.locator(`#${id}`).getAttribute('datetime');

    await eventually(shown).toMatch(/^\d{4}-\d\d-\d\dT/);

    const first = await shown();
    await eventually(shown).not.toBe(first);
  });

  it('ends both producers when it is left', async () => {
    let running = 0;
    const counted$ = once$.pipe(tap({ subscribe: () => running++, finalize: () => running-- }));
    const { origin } = await served(withPage(folder, clock(counted$)));
    const page = await openPage(origin);
    await eventually(() => running).toBe(2);

    await page.goto('about:blank');

    await eventually(() => running).toBe(0);
  });
});
