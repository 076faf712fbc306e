import { escaped } from './escaped';
import type { Failure } from './exitCodes';

/**
 * Formats a failure for the standard error: one line, and the body of a refusal below it.
 *
 * @param terminal - Whether the standard error is a terminal, for which control characters are escaped.
 */
export function complaintOf({ reason, body }: Omit<Failure, 'code'>, terminal: boolean): string {
  const shown = terminal ? escaped : String;
  return [
    // Without line breaks the text of a server cannot imitate a message of the command.
    `rxjs-http-streams: ${shown(reason).replace(/\r?\n/g, ' ')}\n`,
    body ? `${shown(body)}\n` : '',
  ].join('');
}
