import { map, mergeMap, noop } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  isStreamTimeoutError,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import type { StreamFetch, StreamInit } from 'rxjs-http-streams';
import { describe, expect, it, vi } from 'vitest';
import { brokenPath } from '../support/brokenPath';
import type { BrokenPath, Fault } from '../support/brokenPath';
import { chunkedBody } from '../support/chunkedBody';
import { http2Body } from '../support/http2Body';
import type { Http2Body } from '../support/http2Body';
import { http2Fetch } from '../support/http2Fetch';
import { countIntervals } from '../support/intervals';
import { behindNginx, byDefault, nginx } from '../support/nginx';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { bridges, nodeServer } from './nodeServer';
import type { Bridge, NodeServer } from './nodeServer';

forbidUnhandledRejections();
const intervals = countIntervals();

/** More than any of the responses has bytes. */
const MOST = 2_000;
/** The beginning of a body that says how it ends, or else of a row. */
const HALF = ':rxjs-http-streams\n{';
const MOST_PATIENCE = 60_000;
/** No beginning of a row is a row. */
const VALUES = ['{"a":1}', '{"é":"✓"}', '{"b":[2,3]}', '{}'];

/** Text is all characters, the others are values. */
interface Format {
  readonly name: string;
  readonly answer: (source: AsyncIterable<string>) => Response;
  readonly read: (url: string, init: Pick<StreamInit, 'idleTimeout' | 'fetch'>) => Observable<string>;
  /** Reads the values in the beginning of a body. */
  readonly values: (body: string) => readonly string[];
  /** The values of the whole body. */
  readonly whole: readonly string[];
  /** Text that says that the stream was whole, other than the framing of HTTP. */
  readonly end?: string;
  /** Whether the beginning of a body, cleanly ended, cannot be told from a whole one. */
  readonly seemsWhole: (body: string) => boolean;
}

const blocks = (body: string): string[] =>
  Array.from(body.matchAll(/^data: (.*)\n\n/gm), ([, data]) => data!);
const once = { reconnect: false } as const;

const formats: readonly Format[] = [
  {
    name: 'text',
    answer: (source) => toChunkedResponse(source),
    read: (url, init) => fromChunkedFetch(url, init).pipe(mergeMap((text) => Array.from(text))),
    values: (body) => Array.from(body),
    whole: Array.from(VALUES.join('')),
    seemsWhole: () => true,
  },
  {
    name: 'NDJSON',
    answer: (source) => toNdjsonResponse(rows(source)),
    read: (url, init) => fromNdjsonFetch(url, init).pipe(map((row) => JSON.stringify(row))),
    values: (body) => body.split('\n').slice(0, -1),
    whole: VALUES,
    seemsWhole: (body) => body === '' || /[}\n]$/.test(body),
  },
  {
    name: "NDJSON with terminal: 'notification'",
    answer: (source) => toNdjsonResponse(rows(source), { terminal: 'notification' }),
    read: (url, init) =>
      fromNdjsonFetch(url, { ...init, terminal: 'notification' }).pipe(map((row) => JSON.stringify(row))),
    values: (body) => Array.from(body.matchAll(/^\{"kind":"N","value":(.*)\}\n/gm), ([, value]) => value!),
    whole: VALUES,
    end: '{"kind":"C"}\n',
    // All of it but a line feed.
    seemsWhole: (body) => body.endsWith('{"kind":"C"}'),
  },
  {
    name: 'SSE',
    answer: (source) => toSseResponse(source),
    read: (url, init) => fromEventSource(url, { ...once, ...init }).pipe(map(({ data }) => data)),
    values: blocks,
    whole: VALUES,
    end: ':rxjs-http-streams end\n',
    // Before it has said that it will say so.
    seemsWhole: (body) => !body.startsWith(':rxjs-http-streams\n'),
  },
  {
    name: "SSE with terminal: 'none'",
    answer: (source) => toSseResponse(source, { terminal: 'none' }),
    read: (url, init) => fromEventSource(url, { ...once, ...init }).pipe(map(({ data }) => data)),
    values: blocks,
    whole: VALUES,
    seemsWhole: () => true,
  },
];

/** One by one, so that a body has as many chunks. */
async function* source(): AsyncGenerator<string> {
  for (const value of VALUES) yield await Promise.resolve(value);
}

async function* rows(values: AsyncIterable<string>): AsyncGenerator {
  for await (const value of values) yield JSON.parse(value) as unknown;
}

/** One response, and what came of it. */
interface Case {
  readonly after: number;
  readonly how: Fault['how'];
  /** The part of the response that arrived; unset if it did not break. */
  readonly passed: Buffer | undefined;
  readonly recording: Recording<string>;
}

/** A version of HTTP, as a client has it and as it is on the wire. */
interface Version {
  /** Makes a client of one connection; without it that is the platform's. */
  readonly fetch?: () => StreamFetch;
  readonly bodyOf: (passed: Buffer) => Http2Body;
  /** Fewer bytes of a response than any format takes. */
  readonly least: number;
}

const http1: Version = {
  // A cut is in front of a byte, and the last byte of all is the end.
  bodyOf: (passed) => ({ body: chunkedBody(passed), hasEnded: false }),
  least: 250,
};

const versions: Readonly<Record<Bridge, Version>> = {
  '/node': http1,
  srvx: http1,
  '/node on HTTP/2': { fetch: () => http2Fetch(false), bodyOf: http2Body, least: 150 },
};

/** A way of breaking responses. */
interface Breaking {
  readonly version: Version;
  readonly read: Format['read'];
  /** Reads the values that a client has to have received before the cut. */
  readonly valuesIn: (passed: Buffer) => readonly string[];
  /** Whether a client has received all that it needs to be complete. */
  readonly isWhole: (passed: Buffer | undefined) => boolean;
  readonly way: (plan: () => Fault | undefined) => Promise<string>;
  readonly hows: readonly Fault['how'][];
  /** Made longer where it is over before the place is reached or the whole is read, as it may be on a busy machine. */
  readonly idleTimeout: number;
  /** Number of responses at a time. */
  readonly lanes: number;
}

/** Breaks one response after another, each at another byte, until one is whole. */
async function brokenAtEveryByte({
  version,
  read,
  valuesIn,
  isWhole,
  way,
  hows,
  idleTimeout,
  lanes,
}: Breaking): Promise<Case[]> {
  const cases: Case[] = [];
  const faults: (Fault | undefined)[] = [];

  const breakAt = async (lane: number, url: string, after: number, how: Fault['how']): Promise<boolean> => {
    for (let patience = idleTimeout; patience < MOST_PATIENCE; patience *= 2) {
      let passed: Buffer | undefined;
      faults[lane] = {
        where: 'anywhere',
        after,
        how,
        pace: 'as it comes',
        // A platform may drop what it has not handed on when the connection breaks: it is to be the reader's by then.
        hold: async (response) => {
          passed = response;
          const { length } = valuesIn(response);
          // An end before is for the case to show.
          if (length > 0) await recording.received(length).catch(noop);
        },
      };
      const recording = record(read(url, { idleTimeout: patience, fetch: version.fetch?.() }));
      await recording.ended();
      if (isWhole(passed) && isStreamTimeoutError(recording.error)) continue;
      cases.push({ after, how, passed, recording });
      return passed !== undefined;
    }
    throw new Error(`No response came as far as byte ${after}`);
  };

  const urls: string[] = [];
  for (let lane = 0; lane < lanes; lane++) urls.push(await way(() => faults[lane]));
  await Promise.all(
    urls.map(async (url, lane) => {
      for (let after = lane, isBroken = true; isBroken && after < MOST; after += lanes) {
        for (const how of hows) isBroken &&= await breakAt(lane, url, after, how);
      }
    }),
  );
  return cases;
}

const text = (bytes: Buffer | undefined): string => new TextDecoder().decode(bytes, { stream: true });

/** As much of a body that the end of the connection ends as the beginning of a response brings. */
function closedBody(response: Buffer): Buffer | undefined {
  const head = response.indexOf('\r\n\r\n');
  return head === -1 ? undefined : response.subarray(head + 4);
}

const nothingLeft = (server: NodeServer, paths: readonly BrokenPath[]): Promise<void> =>
  vi.waitFor(
    async () => {
      expect({
        intervals: intervals.running(),
        connections: await server.busy(),
        sockets: paths.reduce((total, path) => total + path.sockets(), 0),
      }).toEqual({ intervals: 0, connections: 0, sockets: 0 });
    },
    { timeout: 30_000 },
  );

const throughEach = (Object.keys(bridges) as Bridge[]).flatMap((bridge) =>
  formats.map((format) => ({
    bridge,
    version: versions[bridge],
    ...format,
    name: `${format.name} through ${bridge}`,
  })),
);

describe.each(throughEach)(
  '$name',
  ({ bridge, version, name, answer, read, values, whole, end, seemsWhole }) => {
    const start = async (): Promise<{ server: NodeServer; paths: BrokenPath[]; way: Breaking['way'] }> => {
      const server = await nodeServer(() => answer(source()), bridge);
      const paths: BrokenPath[] = [];
      const way: Breaking['way'] = async (plan) => {
        const path = await brokenPath(server.url, plan);
        paths.push(path);
        return path.url;
      };
      return { server, paths, way };
    };
    const says = (body: string): boolean => end !== undefined && body.includes(end);
    const isWhole = (passed: Buffer | undefined): boolean => {
      if (!passed) return true;
      const { body, hasEnded } = version.bodyOf(passed);
      return hasEnded || says(text(body));
    };

    it('is never complete when it is cut, at whatever byte of the response, with all that came before', async () => {
      const { server, paths, way } = await start();
      const cases = await brokenAtEveryByte({
        version,
        read,
        valuesIn: (passed) => values(text(version.bodyOf(passed).body)),
        isWhole,
        way,
        hows: ['FIN', 'RST'],
        idleTimeout: 30_000,
        lanes: 16,
      });
      const cuts = cases.filter(({ passed }) => passed);
      console.log(`${name}: ${cuts.length} cuts, by FIN and by RST at every byte of the response`);
      expect(cuts.length).toBeGreaterThan(2 * version.least);
      for (const { after, how, passed, recording } of cases) {
        const body = passed && version.bodyOf(passed).body;
        expect({ after, how, ...recording }).toMatchObject(
          isWhole(passed)
            ? { values: whole, outcome: 'complete' }
            : {
                values: values(text(body)),
                outcome: 'error',
                error: { name: 'StreamNetworkError', phase: body ? 'body' : 'connect' },
              },
        );
      }
      await nothingLeft(server, paths);
    });

    it('is never complete when it stalls, at whatever byte of the response', async () => {
      const { server, paths, way } = await start();
      const cases = await brokenAtEveryByte({
        version,
        read,
        valuesIn: () => [],
        isWhole,
        way,
        hows: ['stall'],
        idleTimeout: 50,
        lanes: 16,
      });
      const stalls = cases.filter(({ passed }) => passed);
      console.log(`${name}: ${stalls.length} stalls, at every byte of the response`);
      expect(stalls.length).toBeGreaterThan(version.least);
      for (const { after, passed, recording } of cases) {
        expect({ after, ...recording }).toMatchObject(
          isWhole(passed)
            ? { values: whole, outcome: 'complete' }
            : {
                // What has just come may not have been the reader's when its time was over.
                values: whole.slice(0, recording.values.length),
                outcome: 'error',
                error: { name: 'StreamTimeoutError' },
              },
        );
      }
      await nothingLeft(server, paths);
    });

    // Such a proxy makes a clean end of a cut, of which some formats cannot tell anything.
    it.runIf(nginx && version === http1 && !seemsWhole(HALF))(
      'is not complete when it is cut behind nginx that speaks HTTP/1.0',
      async () => {
        const { way } = await start();
        const cases = await brokenAtEveryByte({
          version,
          read,
          valuesIn: (passed) => values(text(closedBody(passed))),
          isWhole: (passed) => !passed || says(text(closedBody(passed))),
          way: async (plan) => behindNginx(await way(plan), byDefault),
          hows: ['FIN', 'RST'],
          idleTimeout: 30_000,
          lanes: 4,
        });
        const cuts = cases.filter(({ passed }) => passed);
        console.log(
          `${name}: ${cuts.length} cuts behind nginx, by FIN and by RST at every byte of the response`,
        );
        expect(cuts.length).toBeGreaterThan(300);
        for (const { after, how, passed, recording } of cases) {
          const body = text(passed && closedBody(passed));
          if (!passed || says(body)) {
            expect({ after, how, ...recording }).toMatchObject({ values: whole, outcome: 'complete' });
          } else if (recording.outcome === 'error' || !seemsWhole(body)) {
            // What has ended cleanly is read to its end, and a last row needs no line feed.
            expect([values(body), values(`${body}\n`)]).toContainEqual(recording.values);
            expect({ after, how, ...recording }).toMatchObject({
              outcome: 'error',
              error: {
                name: expect.stringMatching(
                  closedBody(passed) ? /^Stream(Truncated|Network)Error$/ : /^HttpStatusError$/,
                ) as string,
              },
            });
          }
        }
      },
    );
  },
);
