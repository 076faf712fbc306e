import express from 'express';
import { NEVER } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import { plainProtocols } from '../support/protocols';
import { unhandledErrors } from '../support/unhandledErrors';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const failures: readonly (readonly [string, () => Response | Promise<Response>])[] = [
  [
    'throws',
    () => {
      throw new Error('the secret');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the secret'))],
  ['gives no Response', () => undefined as unknown as Response],
];

describe.each(plainProtocols)('nodeHandler over $name', ({ serve }) => {
  it.each(failures)(
    'answers with a 500 that tells nothing where the handler %s, and tells `onError`',
    async (_, handler) => {
      const errors: unknown[] = [];
      const ask = await serve(
        nodeHandler(handler, {
          onError: (error, req) => {
            errors.push([error, req.url]);
          },
        }),
      );
      const client = ask({ path: '/asked' });
      expect(await client.head).toMatchObject({ status: 500, headers: { 'cache-control': 'no-store' } });
      expect(await client.over).toMatchObject({ text: 'Internal error', cut: false });
      expect(errors).toEqual([[expect.any(Error), '/asked']]);
    },
  );

  it('tells `config.onUnhandledError` where there is nobody else', async () => {
    const errors = unhandledErrors();
    const ask = await serve(nodeHandler(() => Promise.reject(new Error('the secret'))));
    expect(await ask().head).toMatchObject({ status: 500 });
    // RxJS tells of it with a timer.
    await expect.poll(() => errors).toMatchObject([{ message: 'the secret' }]);
  });

  it('does not report a handler that fails because its client has disconnected', async () => {
    const errors: unknown[] = [];
    let come = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      come = resolve;
    });
    const over = new Promise<void>((resolve) => {
      void serve(
        nodeHandler(
          ({ signal }) => {
            come();
            return new Promise<Response>((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(signal.reason as Error);
                setImmediate(resolve);
              });
            });
          },
          { onError: (error) => errors.push(error) },
        ),
      ).then(async (ask) => {
        const client = ask();
        await asked;
        client.leave();
      });
    });
    await over;
    expect(errors).toEqual([]);
  });

  it('survives an `onError` that throws', async () => {
    const ask = await serve(
      nodeHandler(() => Promise.reject(new Error('the secret')), {
        onError: () => {
          throw new Error('another');
        },
      }),
    );
    expect(await ask().head).toMatchObject({ status: 500 });
  });
});

describe('nodeHandler in Express', () => {
  it('hands what the handler throws to the error handlers of the application', async () => {
    const app = express().get(
      '/',
      nodeHandler(() => Promise.reject(Object.assign(new Error('the secret'), { status: 418 }))),
    );
    app.use(((error, _req, res, next) => {
      if (res.headersSent) next(error);
      else res.status((error as { status: number }).status).send('in our words');
    }) as express.ErrorRequestHandler);
    const response = await fetch((await httpServer(app)).url);
    expect(response.status).toBe(418);
    expect(await response.text()).toBe('in our words');
  });

  it('answers requests of its route alone', async () => {
    const app = express().get(
      '/feed',
      nodeHandler((request) => toSseResponse(NEVER, { request })),
    );
    const { url } = await httpServer(app);
    expect((await fetch(`${url}other`)).status).toBe(404);
    expect((await fetch(`${url}feed`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}feed`, { method: 'HEAD' })).status).toBe(200);
  });
});
