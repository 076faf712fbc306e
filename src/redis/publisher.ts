import { firstValueFrom, noop, asyncScheduler } from 'rxjs';
import { StreamGapError } from '../errors';
import type { LogEnd } from '../feed/log';
import { newEpoch } from '../feed/newEpoch';
import type { SseMessageInit } from '../protocol/sseMessage';
import { claimLost } from './claimLost';
import { chance } from './chance';
import type { RedisCommands } from './commands';
import { endFields, fieldsOf } from './entry';
import { persistently } from './persistently';
import { APPEND } from './scripts';

/** Time for which Redis stores the number of a publisher's last batch, in milliseconds. */
const KEEP = 3_600_000;
/** The same time after the publisher has ended an answer. It then only retries that batch, for less than this time. */
const KEEP_ENDED = 60_000;

/** The stream to which a publisher appends. */
export interface PublisherConfig {
  readonly key: string;
  /** The prefix of the other keys of the stream. It puts them on the same server of a cluster. */
  readonly tagged: string;
  readonly bufferSize: number;
  /** Restricts the stream to the publisher that has the lease. Unset if any number of publishers may append. */
  readonly claim?: { readonly lease: string; readonly holder: string; readonly ttl: number } | undefined;
}

/** Returns a function that appends messages to a stream in order, and each only once, even if a reply is lost. */
export function publisher(
  commands: RedisCommands,
  { key, tagged, bufferSize, claim }: PublisherConfig,
): (messages: readonly SseMessageInit[], end?: LogEnd) => Promise<readonly string[]> {
  let last: Promise<unknown> = Promise.resolve();
  let mark = '';
  let number = 0;
  let usedAt = -Infinity;
  let confirmed = '';

  const begin = (): void => {
    mark = `${tagged}:publisher:${newEpoch()}`;
    number = 0;
  };

  const send = async (entries: readonly string[][], end: LogEnd | undefined): Promise<readonly string[]> => {
    if (asyncScheduler.now() - usedAt > KEEP / 2) begin();
    usedAt = asyncScheduler.now();
    number++;
    const keys = [key, mark, claim?.lease ?? mark];
    const { holder = '', ttl = '' } = claim ?? {};
    const keep = end && claim ? KEEP_ENDED : KEEP;
    const args = [number, confirmed, bufferSize, keep, holder, end ? ttl : '', chance()];
    const fields = entries.flatMap((entry) => [entry.length, ...entry]);
    const [status, ids = ''] = (await firstValueFrom(
      persistently(commands, () => commands.run(APPEND, keys, [...args, ...fields])),
    )) as [status: string, ids?: string];
    if (status !== 'ok') {
      const error = refused(status, key, confirmed);
      // The application gets this error once. It may append more messages after it.
      confirmed = '';
      throw error;
    }
    const appended = ids.split(' ').filter(Boolean);
    confirmed = appended.at(-1) ?? confirmed;
    return end ? appended.slice(0, -1) : appended;
  };

  return (messages, end) => {
    const turn = last.then(async () => {
      const entries = messages.map(fieldsOf);
      if (end) entries.push(endFields(end));
      try {
        return await send(entries, end);
      } catch (error) {
        // Redis may have appended the batch, so no other batch may have its number.
        begin();
        throw error;
      }
    });
    last = turn.catch(noop);
    return turn;
  };
}

function refused(status: string, key: string, confirmed: string): Error {
  switch (status) {
    case 'ended':
      return new Error('The log has ended, and takes no more messages');
    case 'lost':
      return new StreamGapError({
        lastEventId: confirmed,
        message:
          `Redis has lost messages of '${key}' that it had confirmed, up to '${confirmed}': ` +
          'publish them again, or go on without them',
      });
    default:
      return claimLost(key);
  }
}
