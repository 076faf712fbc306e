import { EventEmitter } from 'node:events';
import { asyncScheduler } from 'rxjs';
import { drainOn } from 'rxjs-http-streams/node';
import type { NodeResponse, NodeServer } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { noteSent } from '../../src/node/sentBody';
import type { DirectBody } from '../../src/server/directBody';
import { scheduled } from '../support/scheduler';

/** Events with their times. */
type Log = string[];

interface Kind {
  readonly isEventStream?: boolean;
  /** Whether the client does not take what was sent to it before it was cut off. */
  readonly isStuck?: boolean;
  readonly method?: string;
  /** Time at which the response begins. */
  readonly begins?: number;
}

/** A connection with one response. */
class Connection extends EventEmitter {
  readonly bytesRead = 1;
  destroyed = false;
  readonly res: EventEmitter & { readonly req: unknown };

  constructor(
    readonly name: string,
    readonly log: Log,
    { isEventStream = true, isStuck = false, method = 'GET', begins = 0 }: Kind = {},
  ) {
    super();
    this.res = Object.assign(new EventEmitter(), {
      socket: this,
      headersSent: true,
      req: { socket: this, method },
    });
    const body: Pick<DirectBody, 'ends' | 'insert'> = {
      ends: {
        reason: '',
        cut: (outcome) => {
          log.push(`${asyncScheduler.now()} ${name} ${outcome}`);
          if (!isStuck) this.destroy();
        },
      },
      insert: (write) => {
        const framing = {
          frame: String,
          ...(isEventStream && { nudge: (line = '') => `${line}\n\n`, retry: 1_000 }),
        };
        const outlet = { before: '', framing, isEmpty: true };
        write(outlet);
        if (outlet.before) log.push(`${asyncScheduler.now()} ${name} ${outlet.before.trim()}`);
      },
    };
    asyncScheduler.schedule(() => {
      noteSent(this.res as unknown as NodeResponse, body as DirectBody);
    }, begins);
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.log.push(`${asyncScheduler.now()} ${this.name} closed`);
    this.emit('close');
    this.res.emit('close');
  }
}

/** A server that has closed when its connections have. */
class FakeServer extends EventEmitter {
  readonly connections: Connection[] = [];

  listen(): void {
    for (const connection of this.connections) {
      this.emit('connection', connection);
      this.emit('request', connection.res.req, connection.res);
    }
  }

  close(closed: () => void): void {
    const close = (): void => {
      if (this.connections.every(({ destroyed }) => destroyed)) closed();
    };
    for (const connection of this.connections) connection.on('close', close);
  }
}

/** Drains at 10 ms, within a second, with random numbers in place of those of the platform. */
function drainedBy(
  make: (log: Log) => Connection[],
  [marbles, unsubscription]: readonly [string, string?],
  random: readonly number[],
): Log {
  const numbers = [...random];
  const spy = vi.spyOn(Math, 'random').mockImplementation(() => numbers.shift() ?? NaN);
  onTestFinished(() => {
    spy.mockRestore();
  });
  const log: Log = [];
  scheduled(({ cold, expectObservable }) => {
    const server = new FakeServer();
    server.connections.push(...make(log));
    const drained$ = drainOn(server as unknown as NodeServer, cold('10ms n'), { within: 1_000 });
    expectObservable(drained$, unsubscription).toBe(marbles);
    asyncScheduler.schedule(() => {
      server.listen();
    }, 5);
  });
  return log;
}

describe('drainOn in virtual time', () => {
  it('cuts event streams at random times, and completes with the last connection', () => {
    const log = drainedBy(
      (all) => [new Connection('a', all), new Connection('b', all)],
      ['610ms |'],
      [0.6, 0.2, 0, 0.75],
    );
    expect(log).toEqual([
      '10 a retry: 500',
      '10 b retry: 1250',
      '210 b aborted',
      '210 b closed',
      '610 a aborted',
      '610 a closed',
    ]);
  });

  it('cuts other responses when the time is over, and destroys what is left half a second later', () => {
    const log = drainedBy(
      (all) => [
        new Connection('stream', all, { isStuck: true }),
        new Connection('rows', all, { isEventStream: false }),
        new Connection('stuck', all, { isEventStream: false, isStuck: true }),
      ],
      ['1510ms |'],
      [0.5, 0.1, 0.2, 0.5],
    );
    expect(log).toEqual([
      '10 stream retry: 1000',
      '510 stream aborted',
      // It was over by then; a body ends once.
      '1010 stream aborted',
      '1010 rows aborted',
      '1010 rows closed',
      '1010 stuck aborted',
      '1510 stream closed',
      '1510 stuck closed',
    ]);
  });

  it('gives event streams in answer to a POST all the time, as no client repeats it', () => {
    const log = drainedBy((all) => [new Connection('a', all, { method: 'POST' })], ['1010ms |'], [0.2, 0.5]);
    expect(log).toEqual(['10 a retry: 1000', '1010 a aborted', '1010 a closed']);
  });

  it('cuts an event stream that begins after its time at the end, and tells it a retry before', () => {
    const log = drainedBy((all) => [new Connection('a', all, { begins: 500 })], ['1010ms |'], [0.2, 0.5]);
    expect(log).toEqual(['1010 a retry: 1000', '1010 a aborted', '1010 a closed']);
  });

  it('cuts no more when it is unsubscribed', () => {
    const log = drainedBy(
      (all) => [new Connection('a', all), new Connection('b', all)],
      ['', '300ms !'],
      [0.6, 0.2, 0, 0.75],
    );
    expect(log.slice(2)).toEqual(['210 b aborted', '210 b closed']);
  });
});
