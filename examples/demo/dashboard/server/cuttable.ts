import type { RequestListener, ServerResponse } from 'node:http';

/** A network that can be cut. */
export interface Cuttable {
  readonly listener: RequestListener;
  /** Breaks all connections, and lets none through for so many milliseconds. */
  readonly cut: (ms: number) => void;
  readonly isDown: () => boolean;
}

/** Puts a network between a server and its clients. */
export function cuttable(listener: RequestListener): Cuttable {
  const open = new Set<ServerResponse>();
  let downUntil = 0;
  const isDown = (): boolean => Date.now() < downUntil;

  return {
    isDown,
    cut: (ms) => {
      downUntil = Date.now() + ms;
      for (const response of open) response.destroy();
    },
    listener: (request, response) => {
      if (isDown()) {
        request.socket.destroy();
        return;
      }
      open.add(response);
      response.on('close', () => open.delete(response));
      listener(request, response);
    },
  };
}
