import { Observable, Subject, concat, firstValueFrom, from, lastValueFrom, map, of, timer } from 'rxjs';
import { durable, isStreamGapError } from 'rxjs-http-streams';
import type { Durable, MessageLogs, SseMessageInit } from 'rxjs-http-streams';
import { redisLogs } from 'rxjs-http-streams/redis';
import type { RedisLogsConfig } from 'rxjs-http-streams/redis';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { breakablePath } from '../support/breakablePath';
import { installedRedis } from '../support/installedRedis';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { redisClients } from '../support/redisClients';
import { openRedis } from '../support/openRedis';
import type { RedisServer } from '../support/openRedis';
import { testedRedisClients } from '../support/testedRedisClients';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** Leases and times to live that tests can outlive, in milliseconds. */
const LEASE = 400;
const PATIENCE = { timeout: 5_000, interval: 10 };

function recorded<T>(source: Observable<T>): Recording<T> {
  const recording = record(source);
  onTestFinished(() => {
    recording.subscription.unsubscribe();
  });
  return recording;
}

const dataOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ data }) => data);
const said = (words: Observable<string>): Observable<SseMessageInit> => words.pipe(map((data) => ({ data })));

/** A source, and whether it is subscribed. */
function producing() {
  const subject = new Subject<string>();
  const state = { subscriptions: 0, active: 0 };
  const source = new Observable<SseMessageInit>((subscriber) => {
    state.subscriptions++;
    state.active++;
    subscriber.add(() => {
      state.active--;
    });
    subscriber.add(said(subject).subscribe(subscriber));
  });
  return { subject, source, state };
}

describe.runIf(installedRedis)('redisLogs', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await openRedis();
    return redis.close;
  });

  describe.each(testedRedisClients)('through $name', ({ open }) => {
    /** The logs of a server of its own. */
    async function server(config: RedisLogsConfig = {}, port = redis.port): Promise<MessageLogs> {
      const { client, close } = await open(port);
      onTestFinished(close);
      return redisLogs(client, { prefix: crypto.randomUUID(), lease: LEASE, ...config });
    }
    /** Makes two servers of the same answers. */
    async function servers(config: RedisLogsConfig = {}): Promise<[Durable, Durable, MessageLogs]> {
      const prefix = crypto.randomUUID();
      const logs = await server({ prefix, ...config });
      return [durable(logs), durable(await server({ prefix, ...config })), logs];
    }

    it('subscribes one source for the runs of an id on two servers, and gives the answer to both', async () => {
      const [one, two] = await servers();
      const { subject, source, state } = producing();
      const first = recorded(one.run('1', source)());
      await vi.waitFor(() => {
        expect(state.subscriptions).toBe(1);
      }, PATIENCE);
      const second = recorded(two.run('1', source)());
      subject.next('a');
      await second.received(1);
      first.subscription.unsubscribe();
      subject.next('b');
      subject.complete();
      await second.ended();
      const later = recorded(two.follow('1')());
      await later.ended();
      expect([dataOf(second.values), dataOf(later.values)]).toEqual([
        ['a', 'b'],
        ['a', 'b'],
      ]);
      expect([second.outcome, later.outcome, state.subscriptions, state.active]).toEqual([
        'complete',
        'complete',
        1,
        0,
      ]);
    });

    it('hands the failure of a source to who follows on another server, then and later', async () => {
      const [one, two] = await servers();
      const { subject, source, state } = producing();
      recorded(one.run('1', source)());
      await vi.waitFor(() => {
        expect(state.active).toBe(1);
      }, PATIENCE);
      const follower = recorded(two.follow('1')());
      subject.next('a');
      await follower.received(1);
      subject.error(new RangeError('the model broke'));
      await follower.ended();
      const later = recorded(two.follow('1')());
      await later.ended();
      for (const { error } of [follower, later]) {
        expect(error).toMatchObject({ name: 'RangeError', message: 'the model broke' });
      }
    });

    it('stops on any server, at once for the clients and by the next renewal for the source', async () => {
      const [one, two] = await servers();
      const { subject, source, state } = producing();
      const client = recorded(one.run('1', source)());
      await vi.waitFor(() => {
        expect(state.active).toBe(1);
      }, PATIENCE);
      subject.next('a');
      await client.received(1);
      expect(await firstValueFrom(two.stop('1'))).toBe(true);
      await client.ended();
      expect([dataOf(client.values), client.outcome]).toEqual([['a'], 'complete']);
      await vi.waitFor(() => {
        expect(state.active).toBe(0);
      }, PATIENCE);
      expect(await firstValueFrom(two.stop('1'))).toBe(false);
      expect(await firstValueFrom(two.stop('unknown'))).toBe(false);
    });

    it('stops the source at once on its own server', async () => {
      const [one] = await servers({ lease: 60_000 });
      const { source, state } = producing();
      recorded(one.run('1', source)());
      await vi.waitFor(() => {
        expect(state.active).toBe(1);
      }, PATIENCE);
      expect(await firstValueFrom(one.stop('1'))).toBe(true);
      expect(state.active).toBe(0);
    });

    it('ends an answer with an error when its producer is dead, for who listens and for who comes later', async () => {
      const [one, two, logs] = await servers();
      // A process that dies renews nothing.
      const claim = await lastValueFrom(from(logs.claim('1')));
      await claim.log.append([{ data: 'a' }]);
      const listeners = [recorded(one.follow('1')()), recorded(two.follow('1')())];
      for (const listener of listeners) {
        await listener.ended();
        expect(dataOf(listener.values)).toEqual(['a']);
        expect(String(listener.error)).toContain('The process that generated this answer is gone');
      }
      const later = recorded(two.run('1', of({ data: 'again' }))());
      await later.ended();
      expect(dataOf(later.values)).toEqual(['a']);
      expect(later.outcome).toBe('error');
    });

    it('takes nothing more of a producer that has slept past its lease', async () => {
      const [, two, logs] = await servers();
      const claim = await lastValueFrom(from(logs.claim('1')));
      await claim.log.append([{ data: 'a' }]);
      const listener = recorded(two.follow('1')());
      await listener.ended();
      await expect(claim.log.append([{ data: 'b' }])).rejects.toThrow('The claim on');
      await expect(firstValueFrom(claim.stopped!)).rejects.toThrow('The claim on');
      const later = recorded(two.follow('1')());
      await later.ended();
      expect(dataOf(later.values)).toEqual(['a']);
    });

    it('keeps the lease of a producer that is silent', async () => {
      // Long enough that a busy machine renews it in time.
      const lease = 2_000;
      const [one, two] = await servers({ lease });
      recorded(one.run('1', concat(said(of('a')), said(timer(lease * 1.5).pipe(map(() => 'b')))))());
      const follower = await vi.waitFor(async () => {
        const early = recorded(two.follow('1')());
        await early.received(1);
        return early;
      }, PATIENCE);
      await follower.ended();
      expect(dataOf(follower.values)).toEqual(['a', 'b']);
      expect(follower.outcome).toBe('complete');
    });

    it('gives a gap once the time to live of an answer is over, and for an id that it does not know', async () => {
      const [one, two] = await servers({ ttl: 50 });
      const client = recorded(one.run('1', said(of('a')))());
      await client.ended();
      await vi.waitFor(async () => {
        const late = recorded(two.follow('1')());
        await late.ended();
        expect(isStreamGapError(late.error)).toBe(true);
      }, PATIENCE);
      const unknown = recorded(two.follow('2')());
      await unknown.ended();
      expect(unknown.error).toMatchObject({ status: 410 });
    });

    it('gives one claim when the reply to it gets lost', async () => {
      const path = await breakablePath(redis.port);
      // The claim is sent again before its lease runs out, on a busy machine, too.
      const logs = await server({ lease: 30_000 }, path.port);
      const lost = path.loseReply(/eval/i);
      const [claim] = await Promise.all([lastValueFrom(from(logs.claim('1'))), lost]);
      expect(claim.stopped).toBeDefined();
      await claim.log.append([{ data: 'a' }]);
      expect((await lastValueFrom(from(logs.claim('1')))).stopped).toBeUndefined();
    });

    it('ends an answer once when the reply to that gets lost, and keeps the mark of its publisher for a minute', async () => {
      const path = await breakablePath(redis.port);
      const prefix = crypto.randomUUID();
      const logs = await server({ prefix }, path.port);
      const { log } = await lastValueFrom(from(logs.claim('1')));
      await log.append([{ data: 'a' }]);
      const lost = path.loseReply(/eval/i);
      await Promise.all([log.append([{ data: 'b' }], { failed: false }), lost]);
      // The beginning, two messages and the end.
      expect(await redis.cli('XLEN', `{${prefix}}:1`)).toBe('4');
      const mark = await redis.cli('KEYS', `*${prefix}*publisher*`);
      expect(Number(await redis.cli('PTTL', mark))).toBeLessThanOrEqual(60_000);
    });

    it('leaves nothing behind of an answer that is over', async () => {
      const prefix = crypto.randomUUID();
      const logs = await server({ prefix, ttl: 50 });
      const client = recorded(durable(logs).run('1', said(of('a')))());
      await client.ended();
      await vi.waitFor(async () => {
        const keys = (await redis.cli('KEYS', `*${prefix}*`))
          .split('\n')
          .filter((key) => !key.includes('publisher'));
        expect(keys.filter(Boolean)).toEqual([]);
      }, PATIENCE);
    });
  });

  it('leaves a source alone whose claim cannot be had, and says why', async () => {
    const { client, close } = await redisClients[0].open(redis.port);
    const answers = durable(redisLogs(client));
    close();
    const { source, state } = producing();
    const run = recorded(answers.run('1', source)());
    await run.ended();
    expect(String(run.error)).toContain('closed');
    expect(state.subscriptions).toBe(0);
  });
});
