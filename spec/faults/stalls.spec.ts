import { it } from 'vitest';
import { countIntervals } from '../support/intervals';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { brokenPaths, everyNumberOnce } from './everyNumberOnce';
import { places } from './faults';

forbidUnhandledRejections();
const intervals = countIntervals();

it(
  'a feed brings every number once, in order, over stalls that only idleTimeout ends',
  { timeout: 180_000 },
  async () => {
    await everyNumberOnce(
      {
        name: 'client → stalls → server',
        cuts: 200,
        clients: 8,
        places,
        stalls: 1,
        idleTimeout: 400,
        way: brokenPaths,
      },
      intervals,
    );
  },
);
