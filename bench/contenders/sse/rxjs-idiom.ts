import { filter, from, lastValueFrom, map, mergeMap, scan, tap } from 'rxjs';
import type { ReadMessages } from '../contender';

/** The code that people write with RxJS alone: it reads one line of data a message, and `\n` as the line break. */
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
