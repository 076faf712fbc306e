import { describe, it } from 'vitest';
import { brokenPath } from '../support/brokenPath';
import { countIntervals } from '../support/intervals';
import { behindNginx, byDefault, nginx, withKeepAlive } from '../support/nginx';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { brokenPaths, everyNumberOnce } from './everyNumberOnce';
import type { Run } from './everyNumberOnce';
import { places } from './faults';

forbidUnhandledRejections();
const intervals = countIntervals();
if (!nginx) console.warn('No nginx here (see NGINX in spec/support/nginx.ts): its specs are left out.');

const run = { cuts: 500, clients: 8, stalls: 0.01, idleTimeout: 1_500 };

describe.runIf(nginx).each([byDefault, withKeepAlive])('with nginx, $name,', (form) => {
  it('a feed brings every number once, in order, when its clients are cut off from nginx', async () => {
    const way: Run['way'] = async (server, plans) => brokenPaths(await behindNginx(server, form), plans);
    await everyNumberOnce(
      { ...run, name: `client → cuts → nginx (${form.name}) → server`, places, way },
      intervals,
    );
  });

  it('a feed brings every number once, in order, when nginx is cut off from its server', async () => {
    const way: Run['way'] = async (server, plans) => {
      let turn = 0;
      const path = await brokenPath(server, () => plans[turn++ % plans.length]?.());
      const url = await behindNginx(path.url, form);
      return { urls: plans.map(() => url), paths: [path] };
    };
    await everyNumberOnce(
      {
        ...run,
        name: `client → nginx (${form.name}) → cuts → server`,
        // Without HTTP/1.1 there are no chunks.
        places: form === byDefault ? ['request', 'head', 'data', 'anywhere'] : places,
        way,
      },
      intervals,
    );
  });
});
