import { filter, from, lastValueFrom, map, mergeMap, scan, tap } from 'rxjs';
import type { ReadMessages } from '../contender';

/** What is written with RxJS alone: good for one line of data a message, and for `\n`. */
export const read: ReadMessages = async (open, take) => {
  const { body } = await open();
  if (!body) throw new Error('the response has no body');
  const decoder = new TextDecoder();
  await lastValueFrom(
    from(body as unknown as AsyncIterable<Uint8Array>).pipe(
      map((chunk) => decoder.decode(chunk, { stream: true })),
      scan(
        ({ rest }, text) => {
          const blocks = (rest + text).split('\n\n');
          return { rest: blocks.pop() ?? '', blocks };
        },
        { rest: '', blocks: [] as string[] },
      ),
      mergeMap(({ blocks }) => blocks),
      filter((block) => block.startsWith('data: ')),
      map((block) => block.slice(6)),
      tap((data) => {
        take(data);
      }),
    ),
  );
};
