import { ApplicationRef, InjectionToken, TransferState, inject, makeStateKey } from '@angular/core';
import type { StreamInit } from '../client/streamInit';
import type { ResourceRequest } from './streamResourceRef';

/** Hands over what a server has received of a stream until its first value: the browser parses and reduces it again. */
export interface HandedOver {
  /** Hands over, on a server. */
  readonly give: (request: ResourceRequest<StreamInit>, received: readonly unknown[]) => void;
  /** Returns what was handed over with the page, until the application is stable for the first time. */
  readonly take: (request: ResourceRequest<StreamInit>) => readonly unknown[];
}

export const HANDED_OVER = new InjectionToken<HandedOver>('HANDED_OVER', {
  providedIn: 'root',
  factory: () => {
    const transferState = inject(TransferState);
    let isFirst = true;
    // A page that is opened later, or a reload, asks the server.
    void inject(ApplicationRef)
      .whenStable()
      .then(() => {
        isFirst = false;
      });
    return {
      give: (request, received) => {
        transferState.set(keyOf(request), received);
      },
      take: (request) => (isFirst ? transferState.get(keyOf(request), []) : []),
    };
  },
});

const keyOf = ({ method = 'GET', url }: ResourceRequest<StreamInit>) =>
  makeStateKey<readonly unknown[]>(`rxjs-http-streams ${method} ${String(url)}`);
