import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { createSSRApp, effectScope, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { eventually } from '../end-to-end/eventually';
import { evaluate } from '../readme/evaluate';
import { installedChromium } from '../support/installedChromium';
import { openSnippets } from '../support/snippetPage';
import type { SnippetPage } from '../support/snippetPage';

const files = { './useStream': 'A composable for any stream', './price': 'The composable in a component' };

/** Renders into the page: `render(share)`, with another share too, and `unmount()`. */
const script = `
  import { createApp, h, shallowRef } from 'vue';
  import { Price } from './price';
  const share = shallowRef();
  const app = createApp({ setup: () => () => h(Price, { share: share.value }) });
  let mounted = false;
  Object.assign(globalThis, {
    render: (name) => {
      share.value = name;
      if (!mounted) app.mount('main');
      mounted = true;
    },
    unmount: () => app.unmount(),
  });`;

const run = async ({ page }: SnippetPage, code: string): Promise<void> => {
  await page.evaluate(`void ${code}`);
};

describe.skipIf(!installedChromium)('Vue', () => {
  it('sends a request when it is mounted, and aborts it at other props and when it is unmounted', async () => {
    const shown = await openSnippets(script, files);

    await run(shown, `render('ACME')`);
    await eventually(shown.text).toBe('ACME');
    expect(shown.asked()).toEqual(['/prices/ACME']);
    await run(shown, `render('BOLT')`);
    await eventually(shown.text).toBe('BOLT');
    await eventually(shown.open).toEqual(['/prices/BOLT']);
    await run(shown, `unmount()`);
    await eventually(shown.open).toEqual([]);
    expect(shown.asked()).toEqual(['/prices/ACME', '/prices/BOLT']);
  });

  it('shows a failure beside the last value', async () => {
    const shown = await openSnippets(script, files);
    await run(shown, `render('FAIL')`);
    await eventually(() => shown.page.locator('b').getAttribute('class')).toBe('error');
    expect(await shown.text()).toBe('FAIL');
  });
});

describe('Vue, on a server', () => {
  type UseStream = (stream: () => unknown) => { readonly value: { readonly value: unknown } };
  const composable = (): Promise<{ useStream: UseStream }> => evaluate('A composable for any stream');

  it('sends no request', async () => {
    const { useStream } = await composable();
    let opened = 0;
    const app = createSSRApp({
      setup() {
        const { value } = useStream(() => {
          opened++;
          return of('ACME');
        });
        return () => h('b', String(value.value));
      },
    });
    expect(await renderToString(app)).toBe('<b>undefined</b>');
    expect(opened).toBe(0);
  });

  it('may be stopped in a scope of its own', async () => {
    const { useStream } = await composable();
    const scope = effectScope();
    expect(() => {
      scope.run(() => useStream(() => of('ACME')));
      scope.stop();
    }).not.toThrow();
  });
});
