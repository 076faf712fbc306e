import type { Day } from '../wire';
import { formatTenths } from './numbers';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 24;

/** A row of the table. */
export function dayRow({ id, station, date, decikelvins }: Day): HTMLTableRowElement {
  const low = Math.min(...decikelvins);
  const high = Math.max(...decikelvins);
  const row = document.createElement('tr');
  row.append(
    cell(String(id)),
    cell(station),
    cell(date),
    cell(celsius(low), 'number'),
    cell(celsius(high), 'number'),
    cell(curve(decikelvins, low, high), 'wide'),
  );
  return row;
}

function cell(content: string | Node, name = ''): HTMLTableCellElement {
  const made = document.createElement('td');
  made.className = name;
  made.append(content);
  return made;
}

const celsius = (decikelvins: number): string => `${formatTenths((decikelvins - 2_731.5) / 10)} °C`;

function curve(values: readonly number[], low: number, high: number): SVGElement {
  const scale = HEIGHT / Math.max(high - low, 1);
  const line = document.createElementNS(SVG, 'polyline');
  line.setAttribute(
    'points',
    values.map((value, index) => `${index},${(HEIGHT - (value - low) * scale).toFixed(1)}`).join(' '),
  );
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', `0 -2 ${values.length - 1} ${HEIGHT + 4}`);
  drawing.setAttribute('preserveAspectRatio', 'none');
  // The low and the high next to it say what it says.
  drawing.setAttribute('aria-hidden', 'true');
  drawing.append(line);
  return drawing;
}
