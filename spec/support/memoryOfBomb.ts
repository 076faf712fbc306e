/**
 * A process of its own that reads the events or rows of a URL to their end. It reports their number, the end, and the
 * growth of its peak memory in bytes: garbage counts, as a machine runs out of memory with it.
 */
import { fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';

const [, , format, url = ''] = process.argv;

const peak = (): number => process.resourceUsage().maxRSS * 1024;

const start = peak();
let values = 0;
const say = (error?: { readonly name: string }): void => {
  process.stdout.write(JSON.stringify({ values, error: error?.name, growth: peak() - start }));
};
const source = format === 'rows' ? fromNdjsonFetch(url) : fromEventSource(url, { reconnect: false });
source.subscribe({
  next: () => {
    values++;
  },
  error: say,
  complete: say,
});
