import { isHttpStreamError } from '../errors';
import type { Session } from './session';

/** Adds the attempt and the URL of the current request to an error of this library. */
export const locate =
  (session: Session) =>
  (error: unknown): void => {
    if (isHttpStreamError(error) && error.attempt === undefined) {
      const { attempt, url, response } = session;
      Object.assign(error, { attempt, url: response?.url || url });
    }
  };
