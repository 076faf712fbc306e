import { quoted } from '../errors';
import { anObject, check } from '../options/rules';
import type { LogEnd } from '../feed/log';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Row } from './commands';

/*
 * The format of the entries of a stream. The fields are those of a message, so that any program can add a message by
 * `XADD key * data hello`: `data` is text, and `json` is any other value. The first entry of a stream has the field
 * `start`, and the last one the field `end`. These two entries are not messages.
 */

const MEMBERS: readonly string[] = ['data', 'type', 'id', 'retry', 'comment'];

/**
 * Encodes a message as alternating names and values of fields. Throws a `TypeError` for a message that `messageOf`
 * could not restore.
 *
 * @see `messageOf` for the other direction.
 */
export function fieldsOf(message: SseMessageInit, index: number): string[] {
  const name = `message ${index}`;
  check(name, message, anObject);
  const foreign = Object.keys(message).find((member) => !MEMBERS.includes(member));
  if (foreign !== undefined) {
    throw new TypeError(
      `${name}: expected data, type, id, retry and comment alone, got '${quoted(foreign)}', ` +
        'which Redis would not store: put it into data',
    );
  }
  const { data, type, retry, comment } = message;
  const json = typeof data === 'string' || data === undefined ? undefined : jsonOf(name, data);
  const fields: [string, string | undefined][] = [
    ['data', typeof data === 'string' ? data : undefined],
    ['json', json],
    ['type', type],
    ['retry', retry === undefined ? undefined : String(retry)],
    ['comment', comment],
  ];
  const set = fields.flatMap(([field, value]) => (value === undefined ? [] : [field, value]));
  // Redis refuses an entry without fields.
  return set.length > 0 ? set : ['comment', ''];
}

function jsonOf(name: string, data: unknown): string {
  const json = JSON.stringify(data) as string | undefined;
  if (json === undefined)
    throw new TypeError(`${name}: expected data that JSON can express, got a ${typeof data}`);
  return json;
}

/**
 * Encodes the end of a stream as the fields of its last entry.
 *
 * @see `endOf` for the other direction.
 */
export function endFields({ failed, error }: LogEnd): string[] {
  if (!failed) return ['end', 'completed'];
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return ['end', 'failed', 'name', name, 'message', message];
}

/** Whether an entry is the one with which its stream began. */
export const isStart = ({ fields }: Row): boolean => fields.start !== undefined;

/**
 * Decodes the end of a stream from its last entry. Returns `undefined` for any other entry.
 *
 * @see `endFields` for the other direction.
 */
export function endOf({ fields: { end, name, message = '' } }: Row): LogEnd | undefined {
  if (end === undefined) return undefined;
  if (end !== 'failed') return { failed: false };
  return { failed: true, error: Object.assign(new Error(message), name === undefined ? {} : { name }) };
}

/**
 * Decodes the message of an entry. Throws a `SyntaxError` if the field `json` is not JSON. Only another program can add
 * such an entry.
 *
 * @see `fieldsOf` for the other direction.
 */
export function messageOf({ id, fields }: Row): SseMessageInit {
  const { data, json, type, retry, comment } = fields;
  return {
    id,
    ...(data !== undefined && { data }),
    ...(json !== undefined && { data: JSON.parse(json) as unknown }),
    ...(type !== undefined && { type }),
    ...(retry !== undefined && { retry: Number(retry) }),
    ...(comment !== undefined && { comment }),
  };
}
