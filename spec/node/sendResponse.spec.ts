import { map } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { record } from '../support/recording';

it('delivers each message while the next is not yet made, and then the end', async () => {
  const messages = producer('a');
  const { url } = await httpServer(nodeHandler((request) => toSseResponse(messages.source, { request })));
  const recording = record(fromEventSource(url).pipe(map(({ data }) => data)));
  await recording.received(1);
  messages.next('b');
  await recording.received(2);
  messages.complete();
  await recording.ended();
  expect(recording).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
  await messages.observedBy(0);
});
