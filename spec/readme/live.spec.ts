import { compileFunction } from 'node:vm';
import * as rxjs from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import * as library from 'rxjs-http-streams';
import * as testing from 'rxjs-http-streams/testing';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { complaintAbout } from '../../docs/.vitepress/theme/live/complaintAbout';
import type { Draft } from '../../docs/.vitepress/theme/live/draft';
import { EXAMPLES } from '../../docs/.vitepress/theme/live/examples';
import { runDrafts } from '../../docs/.vitepress/theme/live/runDrafts';
import { tallied } from '../../docs/.vitepress/theme/live/tallied';
import { eventually } from '../end-to-end/eventually';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

/** Runs the text of a spec that the page offers, as a copy of it would run. */
function runCopy(text: string): void {
  const body = text.replace(/^import .*\n/gm, '');
  const scope = {
    ...rxjs,
    ...library,
    ...testing,
    TestScheduler,
    expect,
    it: (_: string, test: () => void) => {
      test();
    },
  };
  const compiled = compileFunction(body, Object.keys(scope)) as (...values: unknown[]) => void;
  compiled(...Object.values(scope));
}

describe('the live page of marbles', () => {
  const stream = (body: string): Draft => ({ answer: 'stream', body });

  it.each(Object.entries(EXAMPLES))('offers a spec that passes: %s', (_, drafts) => {
    runCopy(runDrafts(drafts).spec);
  });

  it.each([
    [[stream('A#'), stream('b')]],
    [[stream('Ab-|')]],
    [[stream('-(aB)--c 20ms d#'), stream('b|')]],
    [[stream("'-a")]],
    [[stream('-')]],
    [[{ answer: 'failed', body: '' } as const]],
    [[stream('a'), stream('b')]],
    [[stream('a--|'), { answer: 'refused', body: '' } as const]],
    // More values of several letters than there are capitals.
    [[stream(`${Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `A${letter}`).join('')}BaBb|`)]],
  ])('offers a spec that passes for the marbles of a visitor: %j', (drafts) => {
    runCopy(runDrafts(drafts).spec);
  });

  it('offers a spec that can fail', () => {
    const { spec } = runDrafts([stream('-a-')]);
    expect(() => {
      runCopy(spec.replace("toBe('-a'", "toBe('--a'"));
    }).toThrow();
  });

  it('says what happens in words', () => {
    const run = runDrafts(EXAMPLES['A cut, and the message after it']!);
    expect(run.words).toBe(
      '2 requests. Messages: a at 1 ms, b at 3 ms, c at 3.006 s, d at 3.008 s. The stream goes on after 60 s.',
    );
    expect(runDrafts([stream('a'), stream('b')]).unopened).toEqual([2]);
    expect(runDrafts(EXAMPLES['A token that has expired']!).words).toMatch(
      /The stream errors with HttpStatusError at/,
    );
    expect(runDrafts(EXAMPLES['A clean end, and the end of the feed']!).words).toMatch(
      /The stream completes at/,
    );
  });

  it.each(['-a-b-#', '(ab)', '', '-a 20ms b|', '1-2', '(a|)', 'a|--'])('takes the marbles %j', (body) => {
    expect(complaintAbout(body)).toBeUndefined();
    runDrafts([stream(body)]);
  });

  it.each([
    ['-a|b', "nothing can follow '|', the end of the body, but 'b' does"],
    ['-(ab', "a '(' without its ')'"],
    ['ab)', "a ')' without its '('"],
    ['((a))', "a '(' within another '('"],
    ['(a-b)', "'-' within a group"],
    ['^-a', "'^' belongs to a subscription"],
    ['-a!', "'!' belongs to a subscription"],
    ['-'.repeat(121), 'at most 120 characters, these are 121'],
  ])('says what is wrong with the marbles %j', (body, complaint) => {
    expect(complaintAbout(body)).toContain(complaint);
  });
});

describe('the live page of resuming', () => {
  it.each([
    [[3, 4, 5], { received: 3, lost: 0, doubled: 0 }],
    [[3, 5], { received: 2, lost: 1, doubled: 0 }],
    [[3, 4, 4], { received: 3, lost: 0, doubled: 1 }],
    [[3, 4, 3, 5], { received: 4, lost: 0, doubled: 1 }],
    [[], { received: 0, lost: 0, doubled: 0 }],
  ])('counts what is lost and doubled of %j', (numbers, tally) => {
    expect(tallied(numbers)).toEqual(tally);
  });

  it('has code that runs: The code behind it', async () => {
    const { serve } = await evaluate<{ serve: (request: Request) => Response }>('The code behind it');
    const { url } = await webServer(serve);
    const printed: unknown[] = [];
    const { default: subscription } = await evaluate<{ default: rxjs.Subscription }>(
      'The code behind it 2',
      { console: { log: (value: unknown) => printed.push(value) } },
      { server: url },
    );
    await eventually(() => printed[0]).toBe('{"n":0}');
    subscription.unsubscribe();
  });
});

describe('the live page of a slow consumer', () => {
  const run = async (title: string): Promise<number[]> => {
    const { default: row$ } = await evaluate<{ default: rxjs.Observable<unknown> }>(
      title,
      {},
      { fetch: (input, init) => server.fetch(input, init) },
    );
    const frames: number[] = [];
    scheduled(({ cold, flush }) => {
      server = marbleFetch(cold, [{ body: 'a-b|', chunks: { a: '1\n', b: '2\n' } }]);
      row$.subscribe(() => frames.push(rxjs.asyncScheduler.now()));
      flush();
    });
    return frames;
  };
  let server: testing.MarbleFetch;

  it.each(['Both ways in code', 'Both ways in code 2'])(
    'has code that does its work row by row: %s',
    async (title) => {
      expect(await run(title)).toEqual([100, 200]);
    },
  );
});
