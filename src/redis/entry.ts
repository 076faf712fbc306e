import { quoted } from '../errors';
import { anObject, check } from '../options/rules';
import type { LogEnd } from '../feed/log';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Row } from './commands';

/*
 * An entry of a stream. Its fields are those of a message, so that any program may add one by `XADD key * data hello`:
 * `data` is text, and `json` any other value. `start` stands in the first entry of a stream and `end` in its last one,
 * neither of which is a message.
 */

const MEMBERS: readonly string[] = ['data', 'type', 'id', 'retry', 'comment'];

/** The fields and their values in turns. Throws a `TypeError` for what cannot be read back as it is. */
export function fieldsOf(message: SseMessageInit, index: number): string[] {
  const name = `message ${index}`;
  check(name, message, anObject);
  const foreign = Object.keys(message).find((member) => !MEMBERS.includes(member));
  if (foreign !== undefined) {
    throw new TypeError(
      `${name}: expected data, type, id, retry and comment alone, got '${quoted(foreign)}', ` +
        'which Redis would not hold: put it into data',
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
  // Redis has no entry without a field.
  return set.length > 0 ? set : ['comment', ''];
}

function jsonOf(name: string, data: unknown): string {
  const json = JSON.stringify(data) as string | undefined;
  if (json === undefined) throw new TypeError(`${name}: data is a ${typeof data}, which JSON has not`);
  return json;
}

/** The fields of the last entry. */
export function endFields({ failed, error }: LogEnd): string[] {
  if (!failed) return ['end', 'completed'];
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return ['end', 'failed', 'name', name, 'message', message];
}

/** Whether an entry is the first one that its stream has had. */
export const isStart = ({ fields }: Row): boolean => fields.start !== undefined;

/** Gives the end that a last entry tells, and nothing for any other entry. */
export function endOf({ fields: { end, name, message = '' } }: Row): LogEnd | undefined {
  if (end === undefined) return undefined;
  if (end !== 'failed') return { failed: false };
  return { failed: true, error: Object.assign(new Error(message), name === undefined ? {} : { name }) };
}

/** The message of an entry. Throws a `SyntaxError` where its `json` is none, which only another program can add. */
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
