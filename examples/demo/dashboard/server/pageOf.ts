import { readFile } from 'node:fs/promises';
import { highlighted } from './highlighted';

const PAGE = new URL('../page/page.html', import.meta.url);
const EXAMPLES = new URL('../../../', import.meta.url);

/**
 * Makes the page: the sources that it shows are read from the files that run, and its links to the documentation lead
 * to the site.
 *
 * @param site The address of the site. While there is none, the demo serves the pages of the repository itself.
 */
export async function pageOf(site: URL | undefined): Promise<string> {
  const html = await readFile(PAGE, 'utf8');
  const parts = html.split(/<code data-source="(.*?)"><\/code>/);
  const filled = await Promise.all(
    parts.map(async (part, index) =>
      index % 2 === 0
        ? part
        : `<code data-source="${part}">${highlighted(await readFile(new URL(part, EXAMPLES), 'utf8'))}</code>`,
    ),
  );
  return filled
    .join('')
    .replace(/href="docs\/(.*?)\.md"/g, (link, path: string) =>
      site ? `href="${new URL(path, site).href}"` : link,
    );
}
