import { jsonText } from './jsonText';

/**
 * Writes a value as a line of JSON. Throws a `TypeError` that names the value's index if JSON cannot express the value.
 *
 * @see `parseJsonText` reads the value of a line.
 */
export const ndjsonLine = (value: unknown, index = 0): string => `${jsonText(`value ${index}`, value)}\n`;
