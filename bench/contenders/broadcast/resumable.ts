import { Subject } from 'rxjs';
import { library } from '../../library';
import type { OpenOutlet } from '../outlet';

const { resumable, toSseBody } = library;

/** One feed for all clients, from which each can resume. */
export const open: OpenOutlet = (clients) => {
  const messageSubject = new Subject<{ data: string }>();
  const feed = resumable(messageSubject);
  return {
    bodies: Array.from({ length: clients }, () => toSseBody(() => feed())),
    send: (data) => {
      messageSubject.next({ data });
    },
  };
};
