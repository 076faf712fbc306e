import { Subject, share } from 'rxjs';
import { library, libraryOnNode } from '../../library';
import type { OpenBroadcaster } from '../listener';

const { encodeText, formatSse, toSseResponse } = library;
const { nodeHandler } = libraryOnNode;

/** Encoded once, for all clients. */
export const open: OpenBroadcaster = () => {
  const messageSubject = new Subject<string>();
  const encoded$ = messageSubject.pipe(formatSse(), encodeText(), share());
  return {
    listener: nodeHandler((request) => toSseResponse(encoded$, { request })),
    send: (data) => {
      messageSubject.next(data);
    },
  };
};
