/** Error replies of a server that is temporarily unavailable: it is starting, failing over, or busy. */
const PASSING = /^(LOADING|MASTERDOWN|READONLY|CLUSTERDOWN|TRYAGAIN|BUSY|UNBLOCKED)\b/;

/**
 * Whether a command failed because of its connection or of a server that is temporarily unavailable, so that a retry
 * may succeed. The server's other error replies begin with a word in capitals, and refuse the command itself.
 */
export function isBroken(error: unknown): boolean {
  const { message = '' } = Object(error) as { message?: string };
  return PASSING.test(message) || !/^[A-Z]{2,} /.test(message);
}
