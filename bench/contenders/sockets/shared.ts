import { Subject, share } from 'rxjs';
import { toListener } from '../../../examples/serving/toListener';
import { library } from '../../library';
import type { OpenBroadcaster } from '../listener';

const { encodeText, formatSse, toSseResponse } = library;

/** Encoded once, for all clients, through the adapter that the examples use. */
export const open: OpenBroadcaster = () => {
  const messageSubject = new Subject<string>();
  const encoded$ = messageSubject.pipe(formatSse(), encodeText(), share());
  return {
    listener: toListener((request) => toSseResponse(encoded$, { request })),
    send: (data) => {
      messageSubject.next(data);
    },
  };
};
