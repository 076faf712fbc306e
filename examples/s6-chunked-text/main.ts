import { combineLatest, defer } from 'rxjs';
import { fromChunkedFetch, toAsyncIterable } from 'rxjs-http-streams';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { chunkedText } from './chunkedText';

const onStop = (): void => {
  console.log('[the generator has run its finally]');
};

function breaking(index: number): string {
  if (index === 3) throw new Error('something went wrong in the middle');
  return `data chunk ${index}\n`;
}

const servers$ = combineLatest({
  endless: serve(chunkedText({ interval: 500, onStop })),
  broken: serve(chunkedText({ interval: 500, onStop, chunk: breaking })),
});

run(servers$, {
  client: ({ endless, broken }) =>
    defer(async () => {
      for await (const text of toAsyncIterable(fromChunkedFetch(endless))) {
        process.stdout.write(text);
        // Leaving the loop aborts the request.
        if (text.includes('4')) break;
      }
      try {
        for await (const text of toAsyncIterable(fromChunkedFetch(broken))) process.stdout.write(text);
        console.log('the end');
      } catch (error) {
        console.log(String(error));
      }
    }),
});
