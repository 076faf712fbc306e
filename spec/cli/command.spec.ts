import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/cli/command';

describe('commandOf', () => {
  it.each([
    [[], 'Expected one URL'],
    [['http://a', 'http://b'], 'Expected one URL'],
    [['localhost:8080'], 'Expected a URL that begins with http:// or https://, got localhost:8080'],
    [['a.b/c'], 'Expected a URL that begins with http:// or https://, got a.b/c'],
    [['--format', 'xml', 'http://a'], '--format: expected sse, ndjson, text, got xml'],
    [['--format', 'text', '--json', 'a', 'http://a'], '--json: text has no values'],
    [['--header', 'none', 'http://a'], "--header: expected 'name: value', got none"],
    [['--header', ': none', 'http://a'], "--header: expected 'name: value', got : none"],
    [['--timeout', 'soon', 'http://a'], '--timeout: expected seconds, got soon'],
    [['--timeout', '0', 'http://a'], '--timeout: expected seconds, got 0'],
    [['--timeout', '2147484', 'http://a'], '--timeout: expected seconds, got 2147484'],
    [['--reconnect', '--post', 'x', 'http://a'], '--reconnect: a POST can act twice'],
    [['--reconnect', '--format', 'ndjson', 'http://a'], '--reconnect: only an event stream can go on'],
    [['--nonsense', 'http://a'], "Unknown option '--nonsense'"],
    [['--post', '@/nowhere', 'http://a'], 'no such file'],
  ])('refuses %j, and says why', async (args, complaint) => {
    await expect(commandOf(args)).rejects.toThrow(complaint);
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
    expect(command === 'help' ? '' : command.request.headers.get('content-type')).toBe(contentType);
  });

  it('keeps the headers that it is given, as often as they come', async () => {
    const command = await commandOf([
      '--header',
      'Accept: a/b',
      '--header',
      'x: 1',
      '--header',
      'x:2',
      'http://a',
    ]);
    expect(command === 'help' ? {} : Object.fromEntries(command.request.headers)).toEqual({
      accept: 'a/b',
      x: '1, 2',
    });
  });
});
