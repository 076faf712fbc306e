import { firstValueFrom, lastValueFrom, skipUntil, take, tap, toArray } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { clock } from '../../examples/servers/clock';
import { outcome } from './outcome';
import { HOUR, served } from './served';
import { stopSignal } from './stopSignal';

const time = expect.objectContaining({
  type: 'message',
  data: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  id: '',
}) as unknown;

describe('an event stream with comments in between', () => {
  it('delivers the first time before the second is produced', async () => {
    const { origin } = await served(clock({ interval: HOUR }));

    expect(await firstValueFrom(fromEventSource(origin))).toEqual(time);
  });

  it('shows the times alone, not the comments that follow them', async () => {
    const { origin } = await served(clock({ interval: 1 }));

    expect(await outcome(fromEventSource(origin).pipe(take(3)))).toEqual([time, time, time]);
  });

  it('ends the producer when the client stops, also between two messages', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      clock({
        interval: HOUR,
        onStop,
      }),
    );

    await firstValueFrom(fromEventSource(origin));

    await firstValueFrom(stopped$);
  });

  it('shows a connection that breaks as a failure to who does not reconnect', async () => {
    const { origin, exchanges } = await served(clock({ interval: HOUR }));

    const seen = await outcome(
      fromEventSource(origin, { reconnect: false }).pipe(tap(() => exchanges[0]?.response.destroy())),
    );

    expect(seen).toEqual([time, expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('serves a second client on when the first has left', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      clock({
        interval: 1,
        onStop,
      }),
    );

    const second = lastValueFrom(fromEventSource(origin).pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(fromEventSource(origin));

    expect(await second).toHaveLength(2);
  });
});
