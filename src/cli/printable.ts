import { EMPTY, catchError, concat, concatWith, defer, filter, map, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { escaped } from './escaped';

/** A high surrogate needs its low surrogate. On a terminal a carriage return is escaped unless a line feed follows. */
const UNFINISHED = { output: /[\ud800-\udbff]/, terminal: /[\ud800-\udbff\r]/ };

/**
 * Prepares chunks of text for an output: a surrogate pair that is split over two chunks is joined, and control
 * characters are escaped for a terminal.
 *
 * @param terminal True if the output is a terminal. Else no character is escaped.
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
