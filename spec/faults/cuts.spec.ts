import { it } from 'vitest';
import { countIntervals } from '../support/intervals';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { brokenPaths, everyNumberOnce } from './everyNumberOnce';
import { places } from './faults';

forbidUnhandledRejections();
const intervals = countIntervals();

it(
  'a feed of snapshots brings every number once, in order, over 10 000 cuts',
  { timeout: 600_000 },
  async () => {
    await everyNumberOnce(
      {
        name: 'client → cuts → server that holds little',
        cuts: 10_000,
        clients: 16,
        places,
        stalls: 0.01,
        idleTimeout: 1_500,
        fromSnapshots: true,
        way: brokenPaths,
      },
      intervals,
    );
  },
);

it('a feed brings every number once, in order, over 10 000 cuts', { timeout: 600_000 }, async () => {
  await everyNumberOnce(
    {
      name: 'client → cuts → server',
      cuts: 10_000,
      clients: 16,
      places,
      stalls: 0.01,
      idleTimeout: 1_500,
      way: brokenPaths,
    },
    intervals,
  );
});
