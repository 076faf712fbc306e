import { describe, expect, it } from 'vitest';
import { complaintOf } from '../../src/cli/complaintOf';

describe('complaintOf', () => {
  const failure = { reason: 'refused: 500 \x1b]0;title\x07', body: '\x1b[2J<h1>\r\n\tno\u202e</h1>' };

  it('shows on a terminal what would act on it', () => {
    expect(complaintOf(failure, true)).toBe(
      'rxjs-http-streams: refused: 500 \\x1b]0;title\\x07\n\\x1b[2J<h1>\r\n\tno\\u202e</h1>\n',
    );
  });

  it('leaves it as it is anywhere else', () => {
    expect(complaintOf(failure, false)).toBe(`rxjs-http-streams: ${failure.reason}\n${failure.body}\n`);
  });

  it.each([true, false])('keeps a reason on its line, with %s for a terminal', (terminal) => {
    const reason = 'the server failed: no\r\nrxjs-http-streams: all is well';
    expect(complaintOf({ reason }, terminal)).toBe(
      'rxjs-http-streams: the server failed: no rxjs-http-streams: all is well\n',
    );
  });

  it('is a line alone without a body', () => {
    expect(complaintOf({ reason: 'no', body: '' }, true)).toBe('rxjs-http-streams: no\n');
    expect(complaintOf({ reason: 'no' }, false)).toBe('rxjs-http-streams: no\n');
  });
});
