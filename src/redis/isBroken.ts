/** Error replies of a server that will be of use again: it starts, fails over, or is busy. */
const PASSING = /^(LOADING|MASTERDOWN|READONLY|CLUSTERDOWN|TRYAGAIN|BUSY|UNBLOCKED)\b/;

/**
 * Whether a command has failed because of its connection, or of a server that is not ready, so that it may be tried
 * again. All other replies begin with a word in capitals, which says what is wrong with the command.
 */
export function isBroken(error: unknown): boolean {
  const { message = '' } = Object(error) as { message?: string };
  return PASSING.test(message) || !/^[A-Z]{2,} /.test(message);
}
