import { EMPTY, catchError, concat, concatWith, defer, filter, map, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { escaped } from './escaped';

/**
 * Characters at the end of a chunk that wait for the next one: a high surrogate for its low surrogate, and on a
 * terminal a carriage return, which is escaped unless a line feed follows.
 */
const UNFINISHED = { output: /[\ud800-\udbff]/, terminal: /[\ud800-\udbff\r]/ };

/**
 * Prepares chunks of text for an output. It joins a surrogate pair that is split over two chunks, and escapes control
 * characters for a terminal.
 *
 * @param terminal - Whether the output is a terminal. If not, no character is escaped.
 */
export const printable =
  (terminal: boolean): MonoTypeOperatorFunction<string> =>
  (source) =>
    defer(() => {
      const pattern = terminal ? UNFINISHED.terminal : UNFINISHED.output;
      let unfinished = '';
      let before = '';

      const shown = (text: string): string => {
        if (!terminal) return text;
        const result = escaped(text, before);
        before = /.$/su.exec(text.slice(-2))?.[0] ?? before;
        return result;
      };
      const rest$ = defer(() => (unfinished ? [shown(unfinished)] : EMPTY));

      return source.pipe(
        map((chunk) => {
          const text = unfinished + chunk;
          unfinished = pattern.test(text.slice(-1)) ? text.slice(-1) : '';
          return shown(unfinished ? text.slice(0, -1) : text);
        }),
        filter((text) => text !== ''),
        catchError((error: unknown) =>
          concat(
            rest$,
            throwError(() => error),
          ),
        ),
        concatWith(rest$),
      );
    });
