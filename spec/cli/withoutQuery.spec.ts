import { describe, expect, it } from 'vitest';
import { withoutQuery } from '../../src/cli/withoutQuery';

describe('withoutQuery', () => {
  it.each([
    ['as it was given', 'http://a/b?token=S3CRET', 'no answer from http://a/b?token=S3CRET (refused)'],
    [
      'as URLs are written',
      'http://A/b?token=S3 CRET',
      'no answer from http://a/b?token=S3%20CRET (refused)',
    ],
    ['without its fragment', 'http://a/b?token=S3CRET#c', 'no answer from http://a/b?token=S3CRET (refused)'],
    ['with its fragment', 'http://a/b?token=S3CRET#c', 'no answer from http://a/b?token=S3CRET#c (refused)'],
  ])('leaves out the query of a URL that a message repeats %s', (_, url, message) => {
    expect(withoutQuery(message, url)).toBe('no answer from http://a/b?… (refused)');
  });

  it.each(['http://a/b', 'http://a/b?', 'http://a/b#', 'http://a'])(
    'leaves a message as it is for %s',
    (url) => {
      expect(withoutQuery(`no answer from ${url}, why?`, url)).toBe(`no answer from ${url}, why?`);
    },
  );
});
