import { runReaderCases } from '../readerCases';

const tell = (...seen: readonly string[]): Promise<unknown> =>
  fetch('/seen', { method: 'POST', body: JSON.stringify(seen) });

let told: Promise<unknown> = Promise.resolve();
await runReaderCases(new URLSearchParams(location.search).get('origin') ?? '', (...seen) => {
  told = told.then(() => tell(...seen));
});
await told;
await tell();
