import type { Diagram } from './diagram';
import { escaped, toSvg } from './toSvg';

/**
 * Draws a diagram as a figure: its title, the SVG in a region that scrolls on a narrow screen, and the values whose
 * text is too long for a marble.
 */
export function toFigure(diagram: Diagram, id = `marbles-${hashOf(JSON.stringify(diagram))}`): string {
  const { title, legend } = diagram;
  const entries = legend.map(
    ({ track, marble, value }) =>
      `<li><span class="marbles-key">${escaped(track)} <b>${escaped(marble)}</b></span> <code>${escaped(value)}</code></li>`,
  );
  return [
    `<figure class="marbles" v-pre><figcaption>${escaped(title)}</figcaption>`,
    `<div class="marbles-scroll" role="group" aria-label="Diagram: ${escaped(title)}" tabindex="0">`,
    toSvg(diagram, id),
    '</div>',
    entries.length > 0 ? `<ul class="marbles-legend">${entries.join('')}</ul>` : '',
    '</figure>\n',
  ].join('');
}

/** Hashes a text. An id of its content is the same in both bundles of a page, for the server and for the browser. */
const hashOf = (text: string): string =>
  Array.from(text)
    .reduce((hash, character) => (hash * 33 + (character.codePointAt(0) ?? 0)) >>> 0, 5381)
    .toString(36);
