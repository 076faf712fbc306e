import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/cli/command';

/** The headers of the request of a command line. */
async function headersOf(...args: readonly string[]): Promise<Headers> {
  const command = await commandOf(args);
  if (typeof command === 'string') throw new Error(`Expected a request, got ${command}`);
  return command.request.headers;
}

describe('commandOf', () => {
  it.each([
    [[], 'Expected one URL, got none'],
    [['http://a', 'http://b'], 'Expected one URL, got 2: does an argument lack its quotes?'],
    [['localhost:8080'], 'Expected a URL that begins with http:// or https://'],
    [['a.b/c'], 'Expected a URL that begins with http:// or https://'],
    [['http://['], 'Expected a URL that begins with http:// or https://'],
    [['http://user@a'], "Expected a URL without a password: --header 'authorization: …' sends one"],
    [['--format', 'xml', 'http://a'], '--format: expected sse, ndjson, text'],
    [['--format', 'text', '--json', 'a', 'http://a'], '--json: text has no values'],
    [['--header', 'none', 'http://a'], "--header: expected 'name: value'"],
    [['--header', ': none', 'http://a'], "--header: expected 'name: value'"],
    [['--header', 'a b: c', 'http://a'], "--header: expected 'name: value' as HTTP allows them"],
    [['--header', 'a: b\nc', 'http://a'], "--header: expected 'name: value' as HTTP allows them"],
    [['--header', 'a: 日本', 'http://a'], "--header: expected 'name: value' as HTTP allows them"],
    [['--timeout', 'soon', 'http://a'], '--timeout: expected seconds'],
    [['--timeout', '0', 'http://a'], '--timeout: expected seconds'],
    [['--timeout', '2147484', 'http://a'], '--timeout: expected seconds'],
    [['--reconnect', '--post', 'x', 'http://a'], '--reconnect: a POST can act twice'],
    [['--reconnect', '--format', 'ndjson', 'http://a'], '--reconnect: only an event stream can be continued'],
    [['http://a', '--nonsense'], 'Argument 2 is not an option'],
    [['-H', 'a: b', 'http://a'], 'Argument 1 is not an option'],
    [['--toString', 'http://a'], 'Argument 1 is not an option'],
    [['http://a', '--header'], '--header: expected a value'],
    [['--post', '--join', 'http://a'], '--post: expected a value'],
    [['--join=yes', 'http://a'], '--join: takes no value'],
    [
      ['--post', '@/nowhere', 'http://a'],
      '--post: the file after @ cannot be read: no such file or directory',
    ],
    [
      ['--post', '@/', 'http://a'],
      '--post: the file after @ cannot be read: illegal operation on a directory',
    ],
    [['--post', '@a\0b', 'http://a'], '--post: the file after @ cannot be read: ERR_INVALID_ARG_VALUE'],
  ])('refuses %j, and says why', async (args, complaint) => {
    await expect(commandOf(args)).rejects.toThrow(complaint);
  });

  it.each([
    ['a header without its colon', ['--header', 'authorization Bearer S3CRET', 'http://a']],
    ['a header without a name', ['--header', ': S3CRET', 'http://a']],
    ['a header whose name is none', ['--header', 'Bearer S3CRET: x', 'http://a']],
    ['a header with a line break', ['--header', 'authorization: Bearer S3\nS3CRET', 'http://a']],
    ['a header that is not Latin-1', ['--header', 'authorization: S3CRET…', 'http://a']],
    ['a header without its quotes', ['--header', 'authorization:', 'Bearer', 'S3CRET', 'http://a']],
    ['a header by an option of another command', ['-H', 'authorization: Bearer S3CRET', 'http://a']],
    ['the same in one argument', ['-S3CRET', 'http://a']],
    ['a name that is no option', ['--S3CRET', 'http://a']],
    ['the value of an unknown option', ['--user=me:S3CRET', 'http://a']],
    ['a value that looks like an option', ['--post', '--S3CRET', 'http://a']],
    ['a value where there is none', ['--messages=S3CRET', 'http://a']],
    ['a value of --format', ['--format', 'S3CRET', 'http://a']],
    ['a value of --timeout', ['--timeout', 'S3CRET', 'http://a']],
    ['the password of a URL', ['http://me:S3CRET@a']],
    ['the user of a URL', ['https://S3CRET@a/']],
    ['the password of what is no URL', ['me:S3CRET@a']],
    ['the password of a URL of another kind', ['ftp://me:S3CRET@a']],
    ['the query of what is no URL', ['a/b?token=S3CRET']],
    ['the queries of two URLs', ['http://a?token=S3CRET', 'http://b?token=S3CRET']],
    ['a body that begins as the name of a file', ['--post', '@S3CRET', 'http://a']],
    ['one that no file can have', ['--post', `@S3CRET${'x'.repeat(10_000)}`, 'http://a']],
    ['one with NUL', ['--post', '@S3CRET\0', 'http://a']],
    ['a body of which only the URL is wrong', ['--post', 'S3CRET', 'a']],
  ])('repeats nothing of %s', async (_, args) => {
    const error: unknown = await commandOf(args).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('S3CRET');
    // One line, as its place is in one.
    expect(String(error)).not.toContain('\n');
  });

  it('is a GET that leaves the format to the content type, by default', async () => {
    expect(await commandOf(['http://a'])).toEqual({
      url: 'http://a',
      request: { method: 'GET', headers: expect.any(Headers) as Headers, body: null },
      format: undefined,
      path: undefined,
      join: false,
      messages: false,
      until: undefined,
      reconnect: false,
      idleTimeout: undefined,
    });
  });

  it.each([
    [['--help'], 'help'],
    [['-h', '--version'], 'help'],
    [['--version', 'http://a'], 'version'],
  ])('prints with %j a text of its own', async (args, command) => {
    expect(await commandOf(args)).toBe(command);
  });

  it('takes what reconnects for an event stream', async () => {
    expect(await commandOf(['--reconnect', 'http://a'])).toMatchObject({ format: 'sse', reconnect: true });
  });

  it('takes seconds', async () => {
    expect(await commandOf(['--timeout', '1.5', 'http://a'])).toMatchObject({ idleTimeout: 1_500 });
  });

  it.each([
    ['{"a":1}', 'application/json'],
    ['a=1', 'text/plain; charset=utf-8'],
  ])('posts %s as %s', async (post, contentType) => {
    const command = await commandOf(['--post', post, 'http://a']);
    expect(command).toMatchObject({ request: { method: 'POST', body: new TextEncoder().encode(post) } });
    expect((await headersOf('--post', post, 'http://a')).get('content-type')).toBe(contentType);
  });

  it('keeps the headers that it is given, as often as they come', async () => {
    const headers = await headersOf(
      '--header',
      'Accept: a/b',
      '--header',
      'x: 1',
      '--header',
      'x:2',
      'http://a',
    );
    expect(Object.fromEntries(headers)).toEqual({ accept: 'a/b', x: '1, 2' });
  });
});
