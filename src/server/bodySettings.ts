import type { BodyOptions } from './bodyOptions';

/** The options of a body, settled. */
export const bodySettings = <T>({
  maxBufferedBytes = 8_388_608,
  stallTimeout = 30_000,
  overflow = 'error',
  mapError,
  signal,
  onEnd,
}: BodyOptions<T>) => ({ maxBufferedBytes, stallTimeout, overflow, mapError, signal, onEnd });

/** As the options of the body have them. */
export type BodySettings<T> = Readonly<ReturnType<typeof bodySettings<T>>>;
