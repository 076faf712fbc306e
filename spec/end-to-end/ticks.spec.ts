import { filter, firstValueFrom, lastValueFrom, map, skipUntil, take, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { toEventTarget } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { fromTicks } from '../../examples/s1-ticks/fromTicks';
import { ticks } from '../../examples/s1-ticks/ticks';
import { failing$, once$, quick$, stoppable } from './beats';
import { firstEvents } from './firstEvents';
import { outcome } from './outcome';
import { served } from './served';

const read = (url: string, message = 'hi'): Observable<string> =>
  fromTicks(url, message).pipe(
    filter((event) => event.type === 'value'),
    map(({ value }) => value.data.message),
  );

describe('POST answered with NDJSON', () => {
  it('delivers the first tick before the second is produced', async () => {
    const { origin } = await served(ticks(once$));

    expect(await firstValueFrom(read(origin))).toBe('hi');
  });

  it('is the JSON that its clients ask for, a line a tick', async () => {
    const { origin } = await served(ticks(once$));

    const response = await fetch(origin, { method: 'POST', body: '{"message":"hi"}' });
    const { value } = await response.body!.getReader().read();

    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toMatch(/^no-cache\b/);
    expect(new TextDecoder().decode(value)).toMatch(
      /^\{"type":"tick","data":\{"time":"\d{4}-\d\d-\d\dT[\d:.]+Z","message":"hi"\}\}\n$/,
    );
  });

  it('ends the producer when the client stops, also between two ticks', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await served(ticks(source$));

    await firstValueFrom(read(origin));

    await firstValueFrom(stopped$);
  });

  it('shows a producer that fails as a failure, after the ticks before it', async () => {
    const { origin } = await served(ticks(failing$));

    expect(await outcome(read(origin))).toEqual([
      'hi',
      'hi',
      'hi',
      expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' }),
    ]);
  });

  it('shows a connection that breaks as a failure', async () => {
    const { origin, exchanges } = await served(ticks(once$));

    const seen = await outcome(read(origin).pipe(tap(() => exchanges[0]?.response.destroy())));

    expect(seen).toEqual(['hi', expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('serves a second client on when the first has left', async () => {
    const { source$, stopped$ } = stoppable(quick$);
    const { origin } = await served(ticks(source$));

    const second = lastValueFrom(read(origin, 'second').pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(read(origin, 'first'));

    expect(await second).toEqual(['second', 'second']);
  });
});

describe('the same as an EventTarget', () => {
  it('fires start, then each tick with its data, and abort when it is stopped, which ends the producer', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await served(ticks(source$));
    const stop = new AbortController();
    const target = toEventTarget(fromTicks(origin, 'hi'), { signal: stop.signal });
    const first = firstEvents(target, 3);
    target.addEventListener('tick', () => {
      stop.abort();
    });

    const events = await first;

    expect(events.map(({ type }) => type)).toEqual(['start', 'tick', 'abort']);
    expect((events[1] as MessageEvent).data).toMatchObject({ message: 'hi' });
    await firstValueFrom(stopped$);
  });

  it('fires close when the stream ends', async () => {
    const { origin } = await served(ticks(once$.pipe(take(1))));

    const events = await firstEvents(toEventTarget(fromTicks(origin, 'hi')), 3);

    expect(events.map(({ type }) => type)).toEqual(['start', 'tick', 'close']);
  });

  it('fires error with the cause when it fails on the way', async () => {
    const { origin } = await served(ticks(failing$));

    const events = await firstEvents(toEventTarget(fromTicks(origin, 'hi')), 5);

    expect(events.map(({ type }) => type)).toEqual(['start', 'tick', 'tick', 'tick', 'error']);
    expect(events[4]).toHaveProperty('error.name', 'StreamNetworkError');
  });

  it('fires error alone when no server answers', async () => {
    const target = toEventTarget(fromTicks('http://127.0.0.1:1', 'hi'));

    const [event] = await firstEvents(target, 1);

    expect(event).toMatchObject({ type: 'error', error: { name: 'StreamNetworkError', phase: 'connect' } });
  });
});
