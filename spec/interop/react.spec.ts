import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { installedChromium } from '../support/installedChromium';
import { openSnippets } from '../support/snippetPage';
import type { SnippetPage } from '../support/snippetPage';

/** Renders what is asked for into the page: `render(props, strict)`, `unmount()`, and `serve(props)` as a server. */
const script = (component: string, ...imports: string[]): string => `
  import { StrictMode, createElement } from 'react';
  import { createRoot } from 'react-dom/client';
  import { renderToString } from 'react-dom/server';
  ${imports.join('\n')}
  const root = createRoot(document.querySelector('main'));
  Object.assign(globalThis, {
    render: (props, strict) => {
      const element = createElement(${component}, props);
      root.render(strict ? createElement(StrictMode, null, element) : element);
    },
    unmount: () => root.unmount(),
    serve: (props) => renderToString(createElement(${component}, props)),
  });`;

const files = {
  './price': 'React',
  './use-stream': 'A hook for any stream',
  './quote': 'The hook in a component',
  './shared': 'One request in StrictMode, and for several components',
};

const components: Readonly<Record<string, string>> = {
  'an effect': script('Price', `import { Price } from './price';`),
  useStream: script('Quote', `import { Quote } from './quote';`),
};

const run = async ({ page }: SnippetPage, code: string): Promise<void> => {
  await page.evaluate(`void ${code}`);
};

describe.skipIf(!installedChromium)('React', () => {
  describe.each(Object.entries(components))('with %s', (_, code) => {
    it('sends a request when it is mounted, and aborts it at other props and when it is unmounted', async () => {
      const shown = await openSnippets(code, files);

      await run(shown, `render({ share: 'ACME' })`);
      await eventually(shown.text).toBe('ACME');
      expect(shown.asked()).toEqual(['/prices/ACME']);
      await run(shown, `render({ share: 'BOLT' })`);
      await eventually(shown.text).toBe('BOLT');
      await eventually(shown.open).toEqual(['/prices/BOLT']);
      await run(shown, `unmount()`);
      await eventually(shown.open).toEqual([]);
      expect(shown.asked()).toEqual(['/prices/ACME', '/prices/BOLT']);
    });

    it('leaves one request open in StrictMode', async () => {
      const shown = await openSnippets(code, files);

      await run(shown, `render({ share: 'ACME' }, true)`);
      await eventually(shown.text).toBe('ACME');
      await eventually(shown.open).toEqual(['/prices/ACME']);
      await run(shown, `unmount()`);
      await eventually(shown.open).toEqual([]);
    });

    it('sends no request on a server', async () => {
      const shown = await openSnippets(code, files);

      expect(await shown.page.evaluate(`serve({ share: 'ACME' })`)).toContain('…');
      await run(shown, `render({ share: 'BOLT' })`);
      await eventually(shown.text).toBe('BOLT');
      expect(shown.asked()).toEqual(['/prices/BOLT']);
    });
  });

  it('shows a failure, with an effect in its place', async () => {
    const shown = await openSnippets(components['an effect']!, files);
    await run(shown, `render({ share: 'FAIL' })`);
    await eventually(shown.text).toMatch(/^No price: /);
  });

  it('shows a failure, with useStream beside the last value', async () => {
    const shown = await openSnippets(components.useStream!, files);
    await run(shown, `render({ share: 'FAIL' })`);
    await eventually(() => shown.page.locator('b').getAttribute('class')).toBe('error');
    expect(await shown.text()).toBe('FAIL');
    await eventually(shown.open).toEqual([]);
  });

  it('sends one request in StrictMode for two components with share', async () => {
    const shared = `
      const Both = () => [0, 1].map((key) => createElement(One, { key }));
      const One = () => useStream(price$).value?.data ?? '…';`;
    const shown = await openSnippets(
      script(
        'Both',
        `import { price$ } from './shared';`,
        `import { useStream } from './use-stream';`,
        shared,
      ),
      files,
    );
    await run(shown, `render({}, true)`);
    await eventually(shown.text).toBe('ACMEACME');
    expect(shown.asked()).toEqual(['/prices/ACME']);
    await run(shown, `unmount()`);
    await eventually(shown.open).toEqual([]);
  });
});
