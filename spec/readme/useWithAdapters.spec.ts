import { readFileSync } from 'node:fs';
import { of } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import type { NativeObserver } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EXIT } from '../../src/cli/exitCodes';
import { USAGE } from '../../src/cli/usage';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { root } from '../support/root';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

describe('for await: A loop over rows', () => {
  const run = async (server: string): Promise<{ ids: number[]; complaints: unknown[][] }> => {
    const complaints: unknown[][] = [];
    const console = { error: (...words: unknown[]) => complaints.push(words) };
    const { ids } = await evaluate<{ ids: number[] }>('A loop over rows', { console }, { server });
    return { ids, complaints };
  };

  it('aborts the request when it is left', async () => {
    const rows = producer({ id: 1 }, { id: 2 }, { id: 3 });
    const { url } = await webServer((request) => toNdjsonResponse(rows.source, { request }));
    expect(await run(url)).toEqual({ ids: [1, 2], complaints: [] });
    await rows.observedBy(0);
  });

  it('ends with the stream', async () => {
    const { url } = await webServer((request) => toNdjsonResponse(of({ id: 1 }), { request }));
    expect(await run(url)).toEqual({ ids: [1], complaints: [] });
  });

  it('throws what the stream fails with, after the rows before it', async () => {
    const { url } = await httpServer((_request, response) => response.end('{"id":1}\n{"id":'));
    const { ids, complaints } = await run(url);
    expect(ids).toEqual([1]);
    expect(complaints).toEqual([
      ['not all rows came', expect.objectContaining({ name: 'StreamTruncatedError' })],
    ]);
  });
});

describe('native Observables: A native Observable', () => {
  type Subscribe = (subscriber: NativeObserver<unknown> & { readonly signal: AbortSignal }) => void;
  /** As much of the platform's Observable as one observer needs. */
  class Observable {
    readonly #subscribe: Subscribe;
    constructor(subscribe: Subscribe) {
      this.#subscribe = subscribe;
    }
    subscribe(observer: NativeObserver<unknown>, { signal }: { readonly signal: AbortSignal }): void {
      const ignore = (): void => undefined;
      this.#subscribe({ next: ignore, error: ignore, complete: ignore, ...observer, signal });
    }
  }

  it('gives the messages until it stops, which aborts the request', async () => {
    vi.stubGlobal('Observable', Observable);
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const messages = producer({ data: 'one' });
    const { url } = await webServer((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const printed: unknown[] = [];
    const console = { log: (data: unknown) => printed.push(data), error: () => undefined };
    const { stop } = await evaluate<{ stop: AbortController }>(
      'A native Observable',
      { console },
      { server: url },
    );
    await eventually(() => printed).toEqual(['one']);
    stop.abort();
    await messages.observedBy(0);
  });
});

describe('the page about the command', () => {
  const page = readFileSync(`${root}docs/use-with/command-line.md`, 'utf8');

  it('has each option that --help prints', () => {
    const options = [...USAGE.matchAll(/^ {2}(--\w+)/gm)].map(([, option]) => option);
    expect(options.length).toBeGreaterThan(9);
    expect(options.filter((option) => !page.includes(`| \`${option}`))).toEqual([]);
  });

  it('has each exit code', () => {
    const codes = [...page.matchAll(/^\| (\d[\d, ]*) \|/gm)].flatMap(([, codes = '']) => codes.split(', '));
    expect(codes.map(Number)).toEqual(Object.values(EXIT));
  });
});
