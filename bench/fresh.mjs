// The time from an import to the first event, in a process that runs without a loader, and that has nothing in it yet.

const [, , contender] = process.argv;

/** The first call makes the platform load its `fetch`, which is a part of what each contender takes. */
const fetch = () =>
  Promise.resolve(new Response('data: first\n\n', { headers: { 'content-type': 'text/event-stream' } }));

const bareLoop = async () => {
  const decoder = new TextDecoder();
  const { body } = await fetch();
  for await (const chunk of body ?? []) {
    for (const block of decoder.decode(chunk, { stream: true }).split('\n\n'))
      return block.slice('data: '.length);
  }
  return undefined;
};

/** @type {Readonly<Record<string, () => Promise<string | undefined>>>} */
const readers = {
  'bare-loop': bareLoop,
  // What an application with RxJS has to load anyway.
  'rxjs and bare-loop': async () => {
    await import('rxjs');
    return bareLoop();
  },
  'rxjs-http-streams': async () => {
    const { fromEventSource } = await import('../dist/index.js');
    return new Promise((resolve, reject) => {
      const subscription = fromEventSource('http://localhost/', { fetch }).subscribe({
        next: ({ data }) => {
          resolve(data);
          subscription.unsubscribe();
        },
        error: reject,
      });
    });
  },
  'eventsource-client': async () => {
    const { createEventSource } = await import('eventsource-client');
    return new Promise((resolve) => {
      const source = createEventSource({
        url: 'http://localhost/',
        fetch,
        onMessage: ({ data }) => {
          resolve(data);
          source.close();
        },
      });
    });
  },
};

const start = process.cpuUsage();
const began = performance.now();
const data = await readers[contender]?.();
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(start);
if (data !== 'first') throw new Error(`${contender}: expected the first event, got ${data}`);
console.log(JSON.stringify({ ms, cpu: user + system }));
process.exit();
