import { createResponse } from 'better-sse';
import type { Session } from 'better-sse';
import { bodyOf, request } from '../outlet';
import type { OpenOutlet } from '../outlet';

export const open: OpenOutlet = () => {
  let session: Session | undefined;
  const response = createResponse(request(), { serializer: String, keepAlive: null }, (given) => {
    session = given;
  });
  return { bodies: [bodyOf(response)], send: (data) => session?.push(data) };
};
