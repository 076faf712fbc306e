import { firstValueFrom, lastValueFrom, map, skipUntil, take, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import server, { handler } from '../../examples/s4-web-standard/handler';
import { failing$, once$, quick$, stoppable } from './beats';
import { outcome } from './outcome';
import { served } from './served';

const read = (origin: string): Observable<number> =>
  fromEventSource(origin, { reconnect: false }).pipe(
    map(({ data }) => (JSON.parse(data) as { n: number }).n),
  );

describe('a handler that knows nothing but Request and Response', () => {
  it('answers without any server', async () => {
    const response = server.fetch(new Request('http://localhost/'));

    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(
      await firstValueFrom(fromEventSource('http://localhost/', { fetch: () => [response] })),
    ).toMatchObject({
      data: expect.stringMatching(/^\{"n":0,"time":"\d{4}-/) as string,
    });
  });

  it('clears the timer when its stream is cancelled', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const reader = handler(source$)(new Request('http://localhost/')).body!.getReader();
    await reader.read();

    await reader.cancel();

    await firstValueFrom(stopped$);
  });

  it('delivers the first message before the second is produced', async () => {
    const { origin } = await served(handler(once$));

    expect(await firstValueFrom(read(origin))).toBe(0);
  });

  it('ends the producer when the client stops, also between two messages', async () => {
    const { source$, stopped$ } = stoppable(once$);
    const { origin } = await served(handler(source$));

    await firstValueFrom(read(origin));

    await firstValueFrom(stopped$);
  });

  it('shows a producer that fails as a failure', async () => {
    const { origin } = await served(handler(failing$));

    expect(await outcome(read(origin))).toEqual([
      0,
      1,
      2,
      expect.objectContaining({ name: 'StreamServerError' }),
    ]);
  });

  it('shows a connection that breaks as a failure', async () => {
    const { origin, exchanges } = await served(handler(once$));

    const seen = await outcome(read(origin).pipe(tap(() => exchanges[0]?.response.destroy())));

    expect(seen).toEqual([0, expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
  });

  it('serves a second client on when the first has left', async () => {
    const { source$, stopped$ } = stoppable(quick$);
    const { origin } = await served(handler(source$));

    const second = lastValueFrom(read(origin).pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(read(origin));

    expect(await second).toHaveLength(2);
  });
});
