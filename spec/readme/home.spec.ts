import type { Subscription } from 'rxjs';
import { expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

it('the home page: the reader reads what the server serves', async () => {
  const { GET } = await evaluate<{ GET: (request: Request) => Response }>('Serve in two lines');
  const { url } = await webServer(GET);
  const printed: unknown[] = [];
  const { default: subscription } = await evaluate<{ default: Subscription }>(
    'Read in five lines',
    { console: { log: (value: unknown) => printed.push(value) } },
    { server: url },
  );
  await eventually(() => printed[0]).toBe('{"n":0}');
  subscription.unsubscribe();
  expect(printed).not.toContain('The server has ended the feed.');
});
