import type { RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { json } from 'node:stream/consumers';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { noop } from 'rxjs';
import type { ProducerConfig } from './producerConfig';

export interface ChatConfig extends ProducerConfig {
  /** What the model says, whatever it is asked. */
  answer?: string | undefined;
  /** How many answers it gives at a time; who asks for more is told to come back later. */
  concurrent?: number | undefined;
  /** After how many words it ends without having finished; it finishes if omitted. */
  breakOffAfter?: number | undefined;
}

const ANSWER =
  'An Observable crosses HTTP with its three channels intact: “next” while the body flows, “complete” only ' +
  'when the stream really ended, and “error” for everything else — a cut in the middle is never an end. ' +
  'Unsubscribing travels back as an abort, so the server can stop thinking. Voilà ✓';

/** A model that speaks chat completions (`POST /v1/chat/completions`, streamed) as OpenAI's service does. */
export function chat({
  interval = 100,
  answer = ANSWER,
  concurrent = 8,
  breakOffAfter,
  onStop,
}: ChatConfig = {}): RequestListener {
  let answering = 0;

  async function* generate(model: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const created = Math.floor(Date.now() / 1_000);
    const frame = (delta: object, finish_reason: string | null = null): AsyncGenerator<Uint8Array> =>
      cutAnywhere(
        `data: ${JSON.stringify({
          id: `chatcmpl-${created}`,
          object: 'chat.completion.chunk',
          created,
          model,
          choices: [{ index: 0, delta, finish_reason }],
        })}\n\n`,
      );
    answering++;
    try {
      yield* frame({ role: 'assistant' });
      for (const content of answer.split(/(?= )/).slice(0, breakOffAfter)) {
        yield* frame({ content });
        await setTimeout(interval, undefined, { signal });
      }
      if (breakOffAfter === undefined) {
        yield* frame({}, 'stop');
        yield* cutAnywhere('data: [DONE]\n\n');
      }
    } finally {
      answering--;
      onStop?.();
    }
  }

  const reply = (model: string, response: ServerResponse): void => {
    if (answering >= concurrent) {
      response.setHeader('retry-after', '2');
      refuse(response, 429, 'requests', 'rate_limit_exceeded', 'Rate limit reached. Try again in 2 s.');
      return;
    }
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    pipeline(generate(model, left.signal), response, noop);
  };

  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      refuse(
        response,
        404,
        'invalid_request_error',
        'unknown_url',
        'There is only POST /v1/chat/completions.',
      );
    } else if (!/^Bearer \S/.test(request.headers.authorization ?? '')) {
      refuse(response, 401, 'invalid_request_error', 'invalid_api_key', 'You did not provide an API key.');
    } else {
      json(request).then(
        (body) => {
          reply((body as { model: string }).model, response);
        },
        () => {
          refuse(response, 400, 'invalid_request_error', 'invalid_json', 'The body is not JSON.');
        },
      );
    }
  };
}

function refuse(response: ServerResponse, status: number, type: string, code: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { message, type, param: null, code } }));
}

/** Networks cut where they like: within `data:`, within a character. This one does it all the time. */
async function* cutAnywhere(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 3) {
    yield bytes.subarray(start, start + 3);
    // What is written in one turn arrives in one piece.
    await setImmediate();
  }
}
