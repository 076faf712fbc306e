import { Subject } from 'rxjs';
import { library } from '../../library';
import type { OpenOutlet } from '../outlet';

export const open: OpenOutlet = () => {
  const messageSubject = new Subject<string>();
  return {
    bodies: [library.toSseBody(messageSubject)],
    send: (data) => {
      messageSubject.next(data);
    },
  };
};
