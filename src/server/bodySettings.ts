import type { BodyOptions } from './bodyOptions';

/** Fills in the defaults of the options of a body. */
export const bodySettings = <T>({
  maxBufferedBytes = 8_388_608,
  stallTimeout = 30_000,
  overflow = 'error',
  mapError,
  signal,
  onEnd,
}: BodyOptions<T>) => ({ maxBufferedBytes, stallTimeout, overflow, mapError, signal, onEnd });

/** Options of a body with their defaults filled in. */
export type BodySettings<T> = Readonly<ReturnType<typeof bodySettings<T>>>;
