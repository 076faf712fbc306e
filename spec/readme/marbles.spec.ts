import { describe, expect, it } from 'vitest';
import { described } from '../../docs/.vitepress/marbles/described';
import { marbleFences } from '../../docs/.vitepress/marbles/marbleFences';
import { agrees, runBlock } from '../../docs/.vitepress/marbles/runBlock';
import { toFigure } from '../../docs/.vitepress/marbles/toFigure';
import { pages } from './blocks';
import { diagramsOf } from './diagrams';

const diagrams = pages.flatMap(diagramsOf);

describe('the diagrams of the pages', () => {
  it.each(diagrams.map(({ file, line, text }) => [`${file}:${line}`, text] as const))(
    'show what their code gives: %s',
    (_, text) => {
      const run = runBlock(text);
      expect(agrees(run), JSON.stringify(run.actual, null, 1)).toBe(true);
    },
  );

  it('exist', () => {
    expect(diagrams.length).toBeGreaterThan(0);
  });
});

describe('a block of marbles', () => {
  const block = (result: string, server = '-a|'): string =>
    [
      'title: <One> message',
      `server: ${server}`,
      String.raw`  a: 'data: one\n\n'`,
      "code: fromEventSource('/feed', { fetch, reconnect: false })",
      '  .pipe(map(({ data }) => data))',
      `result: ${result}`,
      "  a: 'one'",
      "  #: { name: 'StreamNetworkError', phase: 'body' }",
    ].join('\n');

  it.each(['-a|', '-a'])('agrees with the result that it has: %s', (marbles) => {
    expect(agrees(runBlock(block(marbles)))).toBe(marbles === '-a|');
  });

  it.each([
    ['--a|', 'a time'],
    ['-b|', 'a value'],
    ['-a#', 'an end'],
    ['-(aa)|', 'a number of values'],
  ])('does not agree with %s, which has another one of %s', (marbles) => {
    expect(agrees(runBlock(block(marbles)))).toBe(false);
  });

  it('compares an error by the members that it names', () => {
    expect(agrees(runBlock(block('-a#', '-a#')))).toBe(true);
    expect(agrees(runBlock(block('-a#', '-a#').replace("'body'", "'connect'")))).toBe(false);
  });

  it('runs an operator behind its source', () => {
    const run = runBlock(
      "title: t\nlines: -a--b|\n  a: '1'\n  b: '[2]'\ncode: parseJson()\nresult: -a--b|\n  a: 1\n  b: [2]",
    );
    expect(agrees(run)).toBe(true);
    expect(described(run.diagram)).toBe(
      'lines: 1 at 1 ms, [2] at 4 ms, completes at 5 ms. Code: parseJson(). result: 1 at 1 ms, [2] at 4 ms, completes at 5 ms.',
    );
  });

  it('tells when the client aborts a connection', () => {
    const run = runBlock(
      String.raw`title: t
server: -a--b--c
  a: 'data: 1\n\n'
  b: 'data: [DONE]\n\n'
code: fromEventSource('/feed', { fetch }).pipe(map(({ data }) => data), takeWhile((data) => data !== '[DONE]'))
result: -a--|
  a: '1'`,
    );
    expect(agrees(run)).toBe(true);
    expect(described(run.diagram)).toMatch(/^server: a at 1 ms, b at 4 ms, is aborted at 4 ms\./);
  });

  it.each([
    ['', 'a block of marbles has one title, one code and, behind the code, one result'],
    ['title: t\n? -a', "line 2 of a block of marbles: expected 'name: text'"],
    ['  a: 1', 'line 1 of a block of marbles: expected a line of marbles in front of an entry'],
    [
      "title: t\nserver: |\nserver: |\ncode: fromNdjsonFetch('/', { fetch })\nresult: |",
      'the client does not open connection 2',
    ],
  ])('says what is wrong with it: %j', (text, message) => {
    expect(() => runBlock(text)).toThrow(message);
  });

  it('is rendered by the site, and fails its build where it differs from its run', () => {
    const markdown = { renderer: { rules: { fence: () => 'code' } } };
    marbleFences(markdown);
    const rendered = (info: string, content: string): string =>
      Reflect.apply(markdown.renderer.rules.fence, undefined, [[{ info, content, map: null }], 0]) as string;
    expect(rendered('marbles', block('-a|'))).toMatch(/^<figure class="marbles"/);
    expect(() => rendered('marbles', block('--a|'))).toThrow('A block of marbles differs from its run');
    expect(rendered('ts', block('--a|'))).toBe('code');
  });

  it('is drawn as one picture with a name and a description, and nothing of it is markup', () => {
    const figure = toFigure(runBlock(block('-a|')).diagram);
    expect(figure).toContain('<svg role="img"');
    expect(figure).toMatch(/<title id="(marbles-\w+-title)">&#60;One&#62; message<\/title>/);
    expect(figure).toMatch(/<desc id="marbles-\w+-words">server: a at 1 ms, completes at 2 ms\. Code: /);
    expect(figure).not.toContain('<One>');
  });
});
