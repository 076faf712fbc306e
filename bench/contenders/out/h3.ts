import { EventStream, H3 } from 'h3';
import { bodyOf, request } from '../outlet';
import type { OpenOutlet } from '../outlet';

export const open: OpenOutlet = async () => {
  let stream: EventStream | undefined;
  const app = new H3().get('/', (event) => {
    stream = new EventStream(event);
    return stream;
  });
  return {
    bodies: [bodyOf(await app.fetch(request()))],
    send: (data) => stream?.push(data),
  };
};
