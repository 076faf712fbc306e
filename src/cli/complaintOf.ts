import { escaped } from './escaped';
import type { Failure } from './exitCodes';

/**
 * Formats a failure for the standard error: one line, and the body of a refusal below it.
 *
 * @param terminal True if the standard error is a terminal: control characters are escaped. Else the text is unchanged.
 */
export function complaintOf({ reason, body }: Omit<Failure, 'code'>, terminal: boolean): string {
  const shown = terminal ? escaped : String;
  const line = shown(reason);
  return [
    // A line break in foreign text could imitate a message of the command.
    `rxjs-http-streams: ${terminal ? line.replace(/\r?\n/g, ' ') : line}\n`,
    body ? `${shown(body)}\n` : '',
  ].join('');
}
