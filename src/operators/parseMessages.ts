import { EMPTY, map, of } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import { StreamValidationError } from '../errors';
import { check, checkOptions } from '../options/rules';
import { MESSAGES, parsers as parsersRule } from '../options/table';
import { parseJsonLine } from '../protocol/ndjson';
import type { SseMessage } from '../protocol/sse';
import { heldBack } from './heldBack';
import { validate } from './validate';
import type { StandardSchema } from './validate';

/** What makes a value of the `data` of a message: a schema, of its JSON; a function, of the text itself. */
export type MessageParser<T = unknown> = StandardSchema<T> | ((data: string) => T);

/** A parser for each type of message. */
export type MessageParsers = Readonly<Record<string, MessageParser>>;

type Parsed<P> = P extends StandardSchema<infer T> ? T : P extends (data: string) => infer T ? T : never;

/** A message whose `type` tells what its `data` is. */
export type TypedMessage<P extends MessageParsers> = {
  [K in keyof P & string]: { readonly type: K; readonly data: Parsed<P[K]>; readonly id: string };
}[keyof P & string];

/** Options of {@link parseMessages}. */
export interface ParseMessagesConfig {
  /**
   * What becomes of messages of other types: dropped (`'skip'`, if omitted), as an `EventSource` drops what nobody
   * listens to, or the stream errors with a `StreamValidationError` (`'error'`).
   */
  unknown?: 'skip' | 'error' | undefined;
}

/**
 * Messages whose `data` are values, told apart by their `type`.
 *
 * ```
 * messages: --tick:1--ping:--done:{}--|
 *           parseMessages({ tick: Number, done: doneSchema })
 * values:   --{tick,1}-------{done,{}}--|
 * ```
 *
 * The order is kept, also where a schema is asynchronous. Completes with the source. Errors with the source, with
 * `StreamParseError` (no JSON for a schema; its `lineNumber` counts the messages from 1), with
 * `StreamValidationError` (a schema, or `unknown`), or with what a function throws. Throws a `TypeError` when an
 * option is out of its bounds.
 *
 * @param parsers By type; `message` is the type of a message that names none (WHATWG HTML §9.2.6).
 *
 * @example
 * ```ts
 * import { fromEventSource, parseMessages } from 'rxjs-http-streams';
 * import { z } from 'zod';
 *
 * fromEventSource('https://example.com/progress')
 *   .pipe(parseMessages({ tick: Number, done: z.object({ url: z.string() }) }))
 *   .subscribe((message) => {
 *     if (message.type === 'tick') console.log(message.data.toFixed(1)); // a number
 *     else console.log(message.data.url); // a string
 *   });
 * ```
 */
export function parseMessages<const P extends MessageParsers>(
  parsers: P,
  config: ParseMessagesConfig = {},
): OperatorFunction<SseMessage, TypedMessage<P>> {
  check('parsers', parsers, parsersRule);
  checkOptions('config', config, MESSAGES);
  const { unknown = 'skip' } = config;

  const valueOf = (parser: MessageParser, data: string, index: number): Observable<unknown> =>
    // Schemas may be functions, too.
    '~standard' in parser ? validate(parser, parseJsonLine(data, index + 1, 0, true)) : of(parser(data));

  const parse = (message: SseMessage, index: number): Observable<TypedMessage<P>> => {
    const { type, data, id } = message;
    const parser = Object.hasOwn(parsers, type) ? parsers[type] : undefined;
    if (parser) {
      return valueOf(parser, data, index).pipe(
        map((value) => ({ type, data: value, id }) as TypedMessage<P>),
      );
    }
    if (unknown === 'skip') return EMPTY;
    const expected = Object.keys(parsers).join(' or ');
    throw new StreamValidationError(
      [
        {
          message: `Expected the type ${expected}, got ${JSON.stringify(type.slice(0, 100))}`,
          path: ['type'],
        },
      ],
      message,
    );
  };

  return (source) => heldBack(() => source, parse, 1);
}
