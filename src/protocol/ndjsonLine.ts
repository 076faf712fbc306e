import { jsonText } from './jsonText';

/** One value as a line. Throws a `TypeError` that names the value's index when JSON cannot express it. */
export const ndjsonLine = (value: unknown, index = 0): string => `${jsonText(`value ${index}`, value)}\n`;
