import { of } from 'rxjs';
import type { Subscription } from 'rxjs';
import { utf8 } from 'rxjs-http-streams/testing';
import type { StreamFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { macrotasks } from '../support/macrotasks';
import { evaluate } from './evaluate';

/** A console that keeps what is printed. */
function recording() {
  const printed: unknown[][] = [];
  const print = (...what: unknown[]): void => {
    printed.push(what);
  };
  return { printed, console: { log: print, error: print } };
}

describe('the page on troubleshooting', () => {
  it('See what a reader does: prints each step, each value, and the lines that are no value', async () => {
    const { printed, console } = recording();
    const fetch: StreamFetch = (_, init) =>
      of({
        ok: true,
        status: 200,
        statusText: '',
        headers: new Headers({ 'content-type': 'text/event-stream' }),
        url: '',
        body: of(utf8('oops\n: comment\ndata: 1\n\n')),
        init,
      });
    const { default: subscription } = await evaluate<{ default: Subscription }>(
      'See what a reader does',
      { console },
      { fetch },
    );
    subscription.unsubscribe();
    expect(printed.map(([first]) => first)).toEqual([
      'connecting',
      'open',
      'progress',
      'ignored',
      'ignored',
      'value',
      'reconnecting',
    ]);
    expect(printed.filter(([first]) => first === 'ignored').map(([, line]) => line)).toEqual([
      'oops',
      ': comment',
    ]);
  });

  it('See how a body ended: prints the outcome once the client has left', async () => {
    const { printed, console } = recording();
    const { GET } = await evaluate<{ GET: (request: Request) => Response }>('See how a body ended', {
      console,
    });
    const reader = GET(new Request('http://localhost/')).body!.getReader();
    const pending = reader.read();
    await macrotasks();
    await reader.cancel();
    await pending;
    await eventually(() => printed).toHaveLength(1);
    expect(printed[0]).toEqual(['left', 0, expect.any(Number), undefined]);
  });
});
