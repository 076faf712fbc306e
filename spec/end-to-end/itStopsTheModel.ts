import { NEVER, concat, firstValueFrom, lastValueFrom, map, of, skipUntil, take, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { expect, it } from 'vitest';
import type { Model } from '../../examples/s5-chat/localModel';
import { quick$, stoppable } from './beats';

/**
 * Specs that hold for the clients of a model, directly and through a relay.
 *
 * @param serving - Serves a model until the test is over, and returns the answer of a client.
 */
export function itStopsTheModel(serving: (model: Model) => Promise<Observable<string>>): void {
  it('stops the model when the client leaves, also between two words', async () => {
    const { source$, stopped$ } = stoppable(concat(of('one'), NEVER));
    const answer$ = await serving(() => source$);

    await firstValueFrom(answer$);

    await firstValueFrom(stopped$);
  });

  it('serves a second client on when the first has left', async () => {
    const { source$, stopped$ } = stoppable(quick$.pipe(map((n) => `${n} `)));
    const answer$ = await serving(() => source$);

    const second = lastValueFrom(answer$.pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(answer$);

    expect(await second).toHaveLength(2);
  });
}
