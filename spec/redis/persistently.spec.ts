import { NEVER, defer, of, throwError } from 'rxjs';
import { describe, it } from 'vitest';
import { persistently } from '../../src/redis/persistently';
import { scheduled } from '../support/scheduler';
import { fakeCommands } from './fakeCommands';

const failing = (message: string, times = Infinity) => {
  let count = 0;
  return defer(() => (count++ < times ? throwError(() => new Error(message)) : of('ok')));
};

describe('a command', () => {
  it('is sent again while its connection is broken, after 40, 80, 160 ms and so on up to a second', () => {
    scheduled(({ expectObservable }) => {
      const broken = failing('connect ECONNREFUSED 127.0.0.1:6379', 3);
      expectObservable(persistently(fakeCommands(), () => broken)).toBe('280ms (r|)', { r: 'ok' });
    });
  });

  it.each([
    'LOADING Redis is loading',
    'CLUSTERDOWN no slots',
    'Socket closed unexpectedly',
    'UNBLOCKED forced',
  ])('is sent again after "%s"', (message) => {
    scheduled(({ expectObservable }) => {
      const broken = failing(message, 2);
      expectObservable(persistently(fakeCommands(), () => broken)).toBe('120ms (r|)', { r: 'ok' });
    });
  });

  it.each([
    'WRONGTYPE Operation against a key',
    'NOPERM this user',
    'OOM command not allowed',
    'ERR syntax error',
  ])('fails with "%s", which a second try does not mend', (message) => {
    scheduled(({ expectObservable }) => {
      const refused = failing(message);
      expectObservable(persistently(fakeCommands(), () => refused)).toBe(
        '40ms #',
        undefined,
        new Error(message),
      );
    });
  });

  it('counts as lost after ten seconds without a reply', () => {
    scheduled(({ expectObservable }) => {
      let count = 0;
      const reply = persistently(fakeCommands(), () => (count++ === 0 ? NEVER : of('ok')));
      expectObservable(reply).toBe('10040ms (r|)', { r: 'ok' });
    });
  });

  it('fails with the error of the client after half a minute', () => {
    scheduled(({ expectObservable }) => {
      const broken = failing('connect ECONNREFUSED 127.0.0.1:6379');
      expectObservable(persistently(fakeCommands(), () => broken)).toBe(
        '30s 240ms #',
        undefined,
        new Error('connect ECONNREFUSED 127.0.0.1:6379'),
      );
    });
  });

  it('fails at once when the application has closed the client', () => {
    scheduled(({ expectObservable }) => {
      const broken = failing('The client is closed');
      expectObservable(persistently({ ...fakeCommands(), isClosed: true }, () => broken)).toBe(
        '#',
        undefined,
        new Error('The client is closed'),
      );
    });
  });
});
