import { toNdjsonResponse } from 'rxjs-http-streams';
import type { Handler } from '../../../serving/handler';
import { DAY_BYTES } from '../wire';
import { days } from './days';

/**
 * The rows of the table. A generator is pulled: it makes a row when
 * there is room for one on the way to the page.
 *
 * @param onAsked Called with how many were asked for.
 */
export const rows =
  (count: number, onAsked: (rows: number) => void): Handler =>
  (request) =>
    toNdjsonResponse(days(count, onAsked), {
      request,
      headers: { 'content-length': String(count * DAY_BYTES) },
    });
