import { memoryLog } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { messageLogContract } from 'rxjs-http-streams/testing';
import type { MessageLogCase } from 'rxjs-http-streams/testing';
import { describe, expectTypeOf, it } from 'vitest';

interface Tick extends SseMessageInit {
  readonly type: 'tick';
}

describe('types', () => {
  it('of the contract take a log of any messages, opened at once or later', () => {
    expectTypeOf(messageLogContract(() => memoryLog())).toEqualTypeOf<readonly MessageLogCase[]>();
    messageLogContract(() => Promise.resolve(memoryLog<Tick>()));
    // @ts-expect-error -- a log itself would be the same for all cases
    messageLogContract(memoryLog());
  });
});
