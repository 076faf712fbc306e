import { get } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** A client in a process of its own, that takes a body and tells how many bytes it had. */
const [url = '', every, pause] = process.argv.slice(2);

get(url, (response) => {
  let taken = 0;
  let breather = Number(every);
  response.on('data', ({ length }: Buffer) => {
    taken += length;
    if (taken < breather) return;
    breather = taken + Number(every);
    response.pause();
    void setTimeout(Number(pause)).then(() => response.resume());
  });
  response.once('close', () => {
    process.send?.({ taken, complete: response.complete });
    process.disconnect();
  });
});
