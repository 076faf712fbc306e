import { Subject } from 'rxjs';
import { toListener } from '../../../examples/serving/toListener';
import { library } from '../../library';
import type { OpenBroadcaster } from '../listener';

const { resumable, toSseResponse } = library;

/** One feed for all clients, from which each can resume, through the adapter that the examples use. */
export const open: OpenBroadcaster = () => {
  const messageSubject = new Subject<{ data: string }>();
  const feed = resumable(messageSubject);
  return {
    listener: toListener((request) => toSseResponse(feed, { request })),
    send: (data) => {
      messageSubject.next({ data });
    },
  };
};
