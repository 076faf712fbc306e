import {
  ContentTypeError,
  HttpStatusError,
  StreamNetworkError,
  StreamServerError,
  StreamTimeoutError,
  StreamTruncatedError,
} from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/cli/exitCodes';

const LONG = 'x'.repeat(100_000);

const refusal = (statusText: string, body: string): HttpStatusError =>
  new HttpStatusError({ status: 500, statusText, headers: new Headers(), body });

/** An error that is the cause of its cause. */
const round = (): Error => {
  const [one, two] = [new Error('one'), new Error('two')];
  one.cause = two;
  two.cause = one;
  return one;
};

describe('failureOf', () => {
  it.each([
    ['a refusal', refusal('Busy', 'later\n'), 2, 'refused: 500 Busy', 'later'],
    ['a refusal that says nothing', refusal('', ''), 2, 'refused: 500', ''],
    [
      'a failure of the server',
      new StreamServerError({ reason: 'no words' }),
      5,
      'the server failed: no words',
      '',
    ],
    [
      'a cut',
      new StreamTruncatedError({ missing: 'its end' }),
      3,
      'cut off: The stream ended without its end',
      '',
    ],
    ['a time-out', new StreamTimeoutError({ idleTimeout: 5 }), 4, 'timed out: No byte came for 5 ms', ''],
    ['what is no error', 'nonsense', 1, 'nonsense', ''],
  ])('tells %s', (_, error, code, reason, body) => {
    expect(failureOf(error)).toEqual({ code, reason, body });
  });

  it('tells what the causes say, and a time-out that is one of them', () => {
    const cause = Object.assign(new Error(''), { code: 'UND_ERR_BODY_TIMEOUT' });
    const error = new StreamNetworkError({ phase: 'body', cause: new TypeError('terminated', { cause }) });
    expect(failureOf(error)).toMatchObject({
      code: 4,
      reason: 'timed out: The connection failed, phase: body (terminated (UND_ERR_BODY_TIMEOUT))',
    });
  });

  it.each([
    ['a body', refusal('', LONG)],
    ['a status text', refusal(LONG, '')],
    ['a reason', new StreamServerError({ reason: LONG })],
    [
      'a content type',
      new ContentTypeError({
        status: 200,
        headers: new Headers({ 'content-type': LONG }),
        expected: 'text/event-stream',
        body: LONG,
      }),
    ],
    ['a cause', new StreamNetworkError({ phase: 'connect', cause: new TypeError(LONG) })],
    ['causes that go round', round()],
  ])('shows a bounded amount of %s', (_, error) => {
    const { reason, body = '' } = failureOf(error);
    expect(reason.length).toBeLessThanOrEqual(1_001);
    expect(body.length).toBeLessThanOrEqual(2_001);
  });

  it('repeats no query of the URL that was asked for, as the fetch of Deno does', () => {
    const url = 'http://a/b?token=S3CRET';
    const cause = new Error(`error sending request for url (${url}): client error (Connect)`);
    const error = new StreamNetworkError({
      phase: 'connect',
      cause: new TypeError('fetch failed', { cause }),
    });
    expect(failureOf(error, url).reason).toContain('for url (http://a/b?…): client error');
    expect(failureOf(error).reason).toContain('S3CRET');
  });

  it('says that it has shortened a text, and leaves no half of a character', () => {
    expect(failureOf(refusal('', '😀'.repeat(1_000)))).toMatchObject({ body: '😀'.repeat(1_000) });
    expect(failureOf(refusal('', `x${'😀'.repeat(1_000)}`))).toMatchObject({
      body: `x${'😀'.repeat(999)}…`,
    });
  });
});
