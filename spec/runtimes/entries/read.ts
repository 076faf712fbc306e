import { runReaderCases } from '../readerCases';

await runReaderCases(process.argv[2] ?? '', (...seen) => {
  console.log(JSON.stringify(seen));
});
process.exit();
