import { escaped } from './escaped';
import type { Failure } from './exitCodes';

/**
 * What the command says on the standard error: a line, and the body of a refusal below it.
 *
 * @param terminal Whether it goes to a terminal, on which foreign text must not act; else it stays as it is.
 */
export function complaintOf({ reason, body }: Omit<Failure, 'code'>, terminal: boolean): string {
  const shown = terminal ? escaped : String;
  const line = shown(reason);
  return [
    // A second line could pass for one of the command's own.
    `rxjs-http-streams: ${terminal ? line.replace(/\r?\n/g, ' ') : line}\n`,
    body ? `${shown(body)}\n` : '',
  ].join('');
}
