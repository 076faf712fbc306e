import { Subject, firstValueFrom, from, map, take, toArray } from 'rxjs';
import { memoryLog } from 'rxjs-http-streams';
import type { MessageLog, SseMessage } from 'rxjs-http-streams';
import { messageLogContract } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate';

describe('Which one', () => {
  it('serves what is published to the log', async () => {
    const price$ = new Subject<{ readonly data: number }>();
    const { feed } = await evaluate<{ feed: () => Subject<SseMessage> }>('Which one', {
      price$,
      log: memoryLog(),
    });
    const seen = firstValueFrom(
      feed().pipe(
        map(({ data }) => data),
        take(2),
        toArray(),
      ),
    );
    price$.next({ data: 1 });
    price$.next({ data: 2 });
    expect(await seen).toEqual([1, 2]);
  });
});

describe('Kafka and NATS as a source', () => {
  it('gives ids that are the same in each process, and continues a client of another one', async () => {
    const offsets = ['7', '8', '9'];
    const process = (): Promise<{ feed: (id?: string) => Subject<SseMessage> }> =>
      evaluate('Kafka and NATS as a source', {
        consumed$: from(offsets.map((offset) => ({ partition: 0, offset, value: `at ${offset}` }))),
        topicId: 'topic',
      });
    const { feed } = await process();
    const { feed: other } = await process();
    expect(await firstValueFrom(other('topic-0-7'))).toEqual({ id: 'topic-0-8', data: 'at 8' });
    expect(await firstValueFrom(feed('topic-0-8'))).toEqual({ id: 'topic-0-9', data: 'at 9' });
  });
});

describe('A log of your own', async () => {
  const { arrayLog } = await evaluate<{ arrayLog: () => MessageLog }>('A log of your own');
  for (const { name, run } of messageLogContract(arrayLog)) it(`keeps the contract: ${name}`, run);

  it('is tested by a test for each case', async () => {
    const names: string[] = [];
    await evaluate(
      'A log of your own 2',
      { openLog: arrayLog },
      {
        modules: {
          vitest: {
            describe: (_: string, tests: () => void) => {
              tests();
            },
            it: (name: string) => names.push(name),
          },
        },
      },
    );
    expect(names).toEqual(messageLogContract(arrayLog).map(({ name }) => name));
  });
});
