import { NEVER } from 'rxjs';
import { bodyOf, request } from '../contenders/outlet';
import { library } from '../library';
import { held } from '../footprint';
import type { Measures, TrialModule } from '../trial';

const { resumable, toSseBody, toSseResponse } = library;

/** Clients that pay for what is made once. */
const FIRST = 100;

/** A client: whatever a server keeps of it, and its body. */
interface Client {
  readonly kept: unknown;
  readonly body: ReadableStream<Uint8Array>;
}

const feed = resumable<{ data: string }>(NEVER);

/** The least there is: a stream that has given a chunk and waits. */
const bareBody = (): ReadableStream<Uint8Array> => {
  let opening: Uint8Array | undefined = new Uint8Array([0x3a, 0x0a]);
  return new ReadableStream(
    {
      pull(controller) {
        if (opening) controller.enqueue(opening);
        opening = undefined;
      },
    },
    { highWaterMark: 0 },
  );
};

const whole = (respond: (asked: Request) => Response): Client => {
  const asked = request();
  const response = respond(asked);
  return { kept: [asked, response], body: bodyOf(response) };
};

const clients: Readonly<Record<string, Readonly<Record<string, () => Client>>>> = {
  body: {
    ReadableStream: () => ({ kept: undefined, body: bareBody() }),
    'rxjs-http-streams': () => ({ kept: undefined, body: toSseBody(() => feed()) }),
  },
  response: {
    ReadableStream: () => whole(() => new Response(bareBody())),
    'rxjs-http-streams': () => whole((asked) => toSseResponse(feed, { request: asked })),
  },
};

/** Heap of a client of a feed that has read once and waits for more. */
export const createTrial: TrialModule['createTrial'] = (params, contender) => {
  const { of, count } = params as { of: string; count: number };
  const open = clients[of]?.[contender];
  if (!open) throw new Error(`expected body or response, got ${of} of ${contender}`);
  const all: unknown[] = [];
  const connect = async (): Promise<void> => {
    const { kept, body } = open();
    const reader = body.getReader();
    await reader.read();
    all.push([kept, reader, reader.read()]);
  };

  return Promise.resolve({
    size: count,
    cold: true,
    check: () => Promise.resolve(),
    async run(): Promise<Measures> {
      for (let client = 0; client < FIRST; client++) await connect();
      const before = await held();
      for (let client = 0; client < count; client++) await connect();
      return { 'kB a client': ((await held()) - before) / count / 1000 };
    },
  });
};
