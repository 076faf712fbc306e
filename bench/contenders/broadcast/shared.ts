import { Subject, share } from 'rxjs';
import { library } from '../../library';
import type { OpenOutlet } from '../outlet';

const { encodeText, formatSse, toSseBody } = library;

/** Encoded once, for all clients. */
export const open: OpenOutlet = (clients) => {
  const messageSubject = new Subject<string>();
  const encoded$ = messageSubject.pipe(formatSse(), encodeText(), share());
  return {
    bodies: Array.from({ length: clients }, () => toSseBody(encoded$)),
    send: (data) => {
      messageSubject.next(data);
    },
  };
};
