import { EMPTY, catchError, concat, concatWith, defer, filter, map, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { escaped } from './escaped';

/** The first half of a character, and on a terminal what is escaped unless a line feed follows. */
const UNFINISHED = { output: /[\ud800-\udbff]/, terminal: /[\ud800-\udbff\r]/ };

/**
 * Makes chunks of text ones that can be written one by one: a character that two of them share is not destroyed, and
 * on a terminal nothing in them acts on it.
 *
 * @param terminal Whether the text goes to a terminal; else it stays as it is.
 */
export const printable =
  (terminal: boolean): MonoTypeOperatorFunction<string> =>
  (source) =>
    defer(() => {
      const unfinished = terminal ? UNFINISHED.terminal : UNFINISHED.output;
      let held = '';
      let before = '';

      const shown = (text: string): string => {
        if (!terminal) return text;
        const result = escaped(text, before);
        before = /.$/su.exec(text.slice(-2))?.[0] ?? before;
        return result;
      };
      const rest$ = defer(() => (held ? [shown(held)] : EMPTY));

      return source.pipe(
        map((chunk) => {
          const text = held + chunk;
          held = unfinished.test(text.slice(-1)) ? text.slice(-1) : '';
          return shown(held ? text.slice(0, -1) : text);
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
