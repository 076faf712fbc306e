import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { noop } from 'rxjs';
import { NodeRequest } from 'srvx/node';
import type { Handler } from './servers';

/** A bridge as applications write it by hand: a reader, and a loop that waits for `drain`. */
export const readerLoop =
  (handler: Handler): RequestListener =>
  (req, res) =>
    void send(handler(new NodeRequest({ req, res })), res);

async function send(answer: Response | Promise<Response>, res: ServerResponse): Promise<void> {
  const { status, headers, body } = await answer;
  res.writeHead(status, Object.fromEntries(headers));
  res.flushHeaders();
  const reader = body?.getReader();
  const closed = once(res, 'close').then(() => reader?.cancel());
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      if (!res.write(read.value)) await Promise.race([once(res, 'drain'), closed]);
    }
    res.end();
  } catch (error) {
    // As an application would: whatever is printed here is what it sees of clients that leave.
    console.error(error);
    res.destroy();
  }
  await closed.catch(noop);
}
