import { Subject } from 'rxjs';
import { library } from '../../library';
import type { OpenFeed } from './feed';

const { appendTo, memoryLog, resumable, toSseBody } = library;

/** The feed of a single process. */
export const open: OpenFeed = ({ readers }) => {
  const log = memoryLog();
  const messageSubject = new Subject<{ data: string }>();
  const publishing = messageSubject.pipe(appendTo(log)).subscribe();
  const feed = resumable(log);
  return Promise.resolve({
    bodies: Array.from({ length: readers }, () => toSseBody(() => feed())),
    send: (data) => {
      messageSubject.next({ data });
    },
    close: () => {
      publishing.unsubscribe();
    },
  });
};
