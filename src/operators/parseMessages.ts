import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { StreamValidationError } from '../errors';
import { check, checkOptions, described } from '../options/rules';
import { HELD, MESSAGES, parsers as parsersRule } from '../options/operators';
import { isBlank, parseJsonText, withoutMarks } from '../protocol/jsonLine';
import type { SseMessage } from '../protocol/sseMessage';
import { heldBack } from '../flow/heldBack';
import type { Settle } from '../flow/heldBack';
import type { HeldConfig } from '../flow/heldConfig';
import { validate } from '../flow/validate';
import type { StandardSchema } from '../flow/validate';

/** Makes a value of the `data` of a message. A schema is given the parsed JSON, and a function the text itself. */
export type MessageParser<T = unknown> = StandardSchema<T> | ((data: string) => T);

/** A parser for each type of message. */
export type MessageParsers = Readonly<Record<string, MessageParser>>;

type Parsed<P> = P extends StandardSchema<infer T> ? T : P extends (data: string) => infer T ? T : never;

/** A message whose `type` determines the type of its `data`. */
export type TypedMessage<P extends MessageParsers> = {
  [K in keyof P & string]: { readonly type: K; readonly data: Parsed<P[K]>; readonly id: string };
}[keyof P & string];

/** Options of {@link parseMessages}. */
export interface ParseMessagesConfig extends HeldConfig {
  /**
   * Decides about messages of types without a parser:
   *
   * - `'skip'` drops them, as an `EventSource` drops events without a listener;
   * - `'error'` errors with a `StreamValidationError`.
   *
   * @defaultValue `'skip'`
   */
  unknown?: 'skip' | 'error' | undefined;
}

/**
 * Parses the `data` of messages to values, by a parser for each `type` of message.
 *
 * ```
 * messages: --tick:1--ping:--done:{}--|
 *           parseMessages({ tick: Number, done: doneSchema })
 * values:   --{tick,1}-------{done,{}}--|
 * ```
 *
 * The order is kept, also with an asynchronous schema: the later messages are buffered unparsed. Completes with the
 * source. Errors with the source, with the error that a function or a schema throws, or, after the values before it,
 * with
 *
 * - `StreamParseError`: the `data` for a schema is not JSON. `lineNumber` counts the messages from 1;
 * - `StreamValidationError`: the value does not fit its schema, the message has a type without a parser (`unknown`), or
 *   the value is not a message;
 * - `StreamOverflowError`: more text is buffered for an asynchronous schema than `maxBufferedBytes` allows.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @param parsers - The parsers by type. A message without an `event` field has the type `message` (WHATWG HTML §9.2.6).
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
  checkOptions('config', config, HELD);
  const { unknown = 'skip', maxBufferedBytes } = config;

  const settle: Settle<SseMessage, TypedMessage<P>> = (message, index, out) => {
    // A message that was parsed from other data may have any shape, and `Object.hasOwn` would convert any type to text.
    const { type, data, id } = Object(message) as Partial<SseMessage>;
    if (typeof type !== 'string') refuse(message, 'Expected a message with a type');
    const toMessage = (value: unknown): TypedMessage<P> => ({ type, data: value, id }) as TypedMessage<P>;
    const take = (value: unknown): void => {
      out.next(toMessage(value));
    };
    const parser = Object.hasOwn(parsers, type) ? parsers[type] : undefined;
    if (!parser) {
      if (unknown === 'error') {
        const expected = Object.keys(parsers).join(' or ');
        refuse(message, `Expected the type ${expected}, got ${described(type)}`);
      }
      return undefined;
    }
    if (typeof data !== 'string') refuse(message, 'Expected a message with text as its data', 'data');
    // Some schemas are functions, so the parser's own type does not tell.
    if (!('~standard' in parser)) {
      take(parser(data));
      return undefined;
    }
    const text = withoutMarks(data);
    const value = isBlank(text) ? undefined : parseJsonText(text, index + 1, 0, true);
    return validate(parser, value, take)?.pipe(map(toMessage));
  };

  return (source) =>
    heldBack(() => source, settle, 1, {
      maxBufferedBytes,
      lengthOf: (message) =>
        Object.values(Object(message) as object).reduce<number>(
          (sum, member) => sum + (typeof member === 'string' ? member.length : 0),
          0,
        ),
    });
}

function refuse(message: unknown, reason: string, member = 'type'): never {
  throw new StreamValidationError({ issues: [{ message: reason, path: [member] }], value: message });
}
