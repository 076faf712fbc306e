import { Subject } from 'rxjs';
import { library, libraryOnNode } from '../../library';
import type { OpenBroadcaster } from '../listener';

const { resumable, toSseResponse } = library;
const { nodeHandler } = libraryOnNode;

/** One feed for all clients, from which each can resume. */
export const open: OpenBroadcaster = () => {
  const messageSubject = new Subject<{ data: string }>();
  const feed = resumable(messageSubject);
  return {
    listener: nodeHandler((request) => toSseResponse(feed, { request })),
    send: (data) => {
      messageSubject.next({ data });
    },
  };
};
