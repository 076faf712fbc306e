// The declarations of Angular's packages are linked when they load.
import '@angular/compiler';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import * as library from 'rxjs-http-streams';
import { drainOn, nodeHandler, sendResponse } from 'rxjs-http-streams/node';
import { redisLog, redisLogs } from 'rxjs-http-streams/redis';
import { chunksOf, marbleFetch, messageLogContract, utf8 } from 'rxjs-http-streams/testing';
import type { IoRedisClient } from 'rxjs-http-streams/redis';
import { NEVER, of, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { eventSourceResource, ndjsonResource } from '../../src/angular';
import * as adapters from '../../src/options/adapters';
import * as forAngular from '../../src/options/angular';
import * as forBodies from '../../src/options/bodies';
import * as feeds from '../../src/options/feeds';
import * as node from '../../src/options/node';
import * as operators from '../../src/options/operators';
import * as forReaders from '../../src/options/readers';
import * as redis from '../../src/options/redis';
import { aFunction } from '../../src/options/rules';
import type { Rule, Rules } from '../../src/options/rules';
import * as forTests from '../../src/options/testing';
import { aDelay, aName, aSource } from '../../src/options/values';
import { root } from '../support/root';
import { schemaOf } from '../support/schemas';

/** Every kind of value; the rules sort out those that are right. */
const values: readonly unknown[] = [
  null,
  true,
  false,
  -1,
  0,
  0.5,
  1.5,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  1n,
  '',
  'x',
  'true',
  'false',
  '5',
  'error ',
  'notifications',
  'ERROR',
  Symbol('x'),
  () => undefined,
  {},
  [],
  ['x'],
  [null],
  [1.5],
  new Map(),
  new Date(0),
  Object.create(null),
  {
    toString() {
      throw new Error('an option is not turned into text');
    },
  },
];

/** Has what a client of Redis is known by. */
const redisClient: IoRedisClient = {
  status: 'end',
  xrange: () => Promise.resolve([]),
  xrevrange: () => Promise.resolve([]),
  xlen: () => Promise.resolve(0),
  xread: () => Promise.resolve(null),
  eval: () => Promise.resolve(null),
  duplicate: () => undefined,
};

type Call = (options: never) => unknown;
/** A public function of which only the names of its parameters matter here. */
type Make = (first: unknown, options?: unknown) => unknown;

interface Row {
  readonly name: string;
  readonly rules: Rules;
  readonly call: Call;
  /** Stands before the name of each option in a message. */
  readonly prefix?: string;
}

const exported = (name: RegExp): Record<string, Make> =>
  Object.fromEntries(Object.entries(library).filter(([key]) => name.test(key))) as Record<string, Make>;

const readers = exported(/^from/);
const bodies = exported(/^to.*Body$/);
const responses = exported(/^to.*Response$/);

const rows: readonly Row[] = [
  ...Object.entries(readers).map(([name, reader]): Row => ({
    name,
    rules: forReaders.READER,
    call: (init) => reader('http://localhost/', init),
  })),
  {
    name: 'fromChunkedFetch',
    rules: { ...operators.TEXT, ...forReaders.CHUNKED_READER },
    call: (init) => library.fromChunkedFetch('http://localhost/', init),
  },
  {
    name: 'fromNdjsonFetch',
    rules: operators.NDJSON,
    call: (init) => library.fromNdjsonFetch('http://localhost/', init),
  },
  {
    name: 'fromEventSource',
    rules: { ...operators.SSE, ...forReaders.SSE_READER },
    call: (init) => library.fromEventSource('http://localhost/', init),
  },
  {
    name: 'fromEventSource',
    rules: forReaders.RECONNECT,
    prefix: 'reconnect.',
    call: (reconnect) => library.fromEventSource('http://localhost/', { reconnect }),
  },
  { name: 'decodeText', rules: operators.TEXT, call: library.decodeText },
  { name: 'splitLines', rules: operators.LINES, call: library.splitLines },
  { name: 'splitJson', rules: operators.SPLIT_JSON, call: library.splitJson },
  { name: 'endOn', rules: operators.END_ON, call: (config) => library.endOn('x', config) },
  { name: 'parseJson', rules: { ...operators.JSON_TEXTS, ...operators.HELD }, call: library.parseJson },
  { name: 'parseNdjson', rules: { ...operators.NDJSON, ...operators.HELD }, call: library.parseNdjson },
  { name: 'parseSse', rules: operators.SSE, call: library.parseSse },
  {
    name: 'parseMessages',
    rules: { ...operators.MESSAGES, ...operators.HELD },
    call: (config) => library.parseMessages({}, config),
  },
  {
    name: 'toAsyncIterable',
    rules: adapters.ASYNC_ITERABLE,
    call: (config) => library.toAsyncIterable(NEVER, config),
  },
  {
    name: 'toEventTarget',
    rules: adapters.EVENT_TARGET,
    call: (config) => library.toEventTarget(NEVER, config),
  },
  ...[...Object.entries(bodies), ...Object.entries(responses)].map(([name, make]): Row => ({
    name,
    rules: forBodies.BODY,
    call: (options) => make(of('x'), options),
  })),
  ...[library.toNdjsonBody as Make, library.toNdjsonResponse as Make].map((make): Row => ({
    name: make.name,
    rules: forBodies.NDJSON_BODY,
    call: (options) => make(of('x'), options),
  })),
  ...[library.toSseBody as Make, library.toSseResponse as Make].map((make): Row => ({
    name: make.name,
    rules: forBodies.SSE_BODY,
    call: (options) => make(of('x'), options),
  })),
  ...Object.entries(responses).map(([name, make]): Row => ({
    name,
    rules: forBodies.RESPONSE,
    call: (init) => make(of('x'), init),
  })),
  { name: 'resumable', rules: feeds.RESUMABLE, call: (config) => library.resumable(NEVER, config) },
  { name: 'memoryLog', rules: feeds.MEMORY_LOG, call: library.memoryLog },
  { name: 'memoryLogs', rules: feeds.MEMORY_LOGS, call: library.memoryLogs },
  {
    name: 'appendTo',
    rules: feeds.APPEND_TO,
    call: (config) => library.appendTo(library.memoryLog(), config),
  },
  {
    name: 'nodeHandler',
    rules: node.NODE_HANDLER,
    call: (options) => {
      nodeHandler(() => new Response(), options);
    },
  },
  { name: 'redisLog', rules: redis.REDIS_LOG, call: (config) => redisLog(redisClient, 'key', config) },
  { name: 'redisLogs', rules: redis.REDIS_LOGS, call: (config) => redisLogs(redisClient, config) },
  { name: 'drainOn', rules: node.DRAIN, call: (config) => drainOn(createServer(), NEVER, config) },
  {
    name: 'eventSourceResource',
    rules: { ...forAngular.MESSAGE_PARSER, ...forAngular.RESOURCE },
    call: (options) => eventSourceResource(() => undefined, options),
  },
  {
    name: 'ndjsonResource',
    rules: { ...operators.NDJSON, ...forAngular.RESOURCE },
    call: (options) => ndjsonResource(() => undefined, options),
  },
];

const parameters: readonly (readonly [name: string, rule: Rule, call: Call])[] = [
  ...Object.values(readers).map(
    (reader) => ['input', forReaders.anInput, (input: never) => reader(input)] as const,
  ),
  ['source', aSource, (source: never) => library.toAsyncIterable(source)],
  ['source', aSource, (source: never) => library.toEventTarget(source)],
  ['source', aSource, (source: never) => library.toNativeObservable(source)],
  ['source', aSource, (source: never) => library.resumable(source)],
  ['log', feeds.aLog, (log: never) => library.appendTo(log)],
  ['logs', feeds.someLogs, (logs: never) => library.durable(logs)],
  ['id', aName, (id: never) => library.durable().run(id, NEVER)],
  ['id', aName, (id: never) => library.durable().follow(id)],
  ['id', aName, (id: never) => library.durable().stop(id)],
  ['source', feeds.aFeedSource, (source: never) => library.durable().run('1', source)],
  ...[...Object.values(bodies), ...Object.values(responses)].map(
    (make) => ['source', forBodies.aBodySource, (source: never) => make(source)] as const,
  ),
  ['client', redis.aRedisClient, (client: never) => redisLog(client, 'key')],
  ['client', redis.aRedisClient, (client: never) => redisLogs(client)],
  ['key', redis.aKey, (key: never) => redisLog(redisClient, key)],
  ['server', node.aServer, (server: never) => drainOn(server, NEVER)],
  ['notifier', aSource, (notifier: never) => drainOn(createServer(), notifier)],
  ['ms', aDelay, (ms: never) => library.keepAlive(ms, '.')],
  ['marker', operators.aMarker, (marker: never) => library.endOn(marker)],
  ['parsers', operators.parsers, (parsers: never) => library.parseMessages(parsers)],
  ['size', forTests.aSize, (size: never) => chunksOf('text', size)],
  ['content', forTests.someContent, (content: never) => chunksOf(content, 1)],
  [
    'text',
    { expected: 'a string', allows: (value) => typeof value === 'string' },
    (text: never) => utf8(text),
  ],
  [
    'cold',
    { expected: 'a function', allows: (value) => typeof value === 'function' },
    (cold: never) => marbleFetch(cold, []),
  ],
  [
    'open',
    { expected: 'a function', allows: (value) => typeof value === 'function' },
    (open: never) => messageLogContract(open),
  ],
  [
    'handler',
    { expected: 'a function', allows: (value) => typeof value === 'function' },
    (handler: never) => nodeHandler(handler),
  ],
  [
    'response',
    node.aResponse,
    (response: never) => {
      sendResponse(response, {} as never);
    },
  ],
  ['responses', forTests.answers, (answers: never) => marbleFetch(() => NEVER as never, answers)],
  ['request', aFunction, (request: never) => eventSourceResource(request)],
  ['request', aFunction, (request: never) => ndjsonResource(request)],
];

/** A call that is refused throws a `TypeError` of ours: the name, the kind that was expected, and a bounded value. */
function expectRefusal(call: () => unknown, name: string, { expected }: Rule): void {
  let refusal: unknown;
  try {
    call();
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(TypeError);
  const { message } = refusal as TypeError;
  expect(message.startsWith(`${name}: expected ${expected}, got `)).toBe(true);
  expect(message.length).toBeLessThan(400);
}

describe('a wrong value', () => {
  for (const { name, rules, call, prefix = '' } of rows) {
    for (const [option, rule] of Object.entries(rules)) {
      it(`of ${prefix}${option} is refused by ${name} when it is called`, () => {
        const wrong = values.filter((value) => !rule.allows(value));
        expect(wrong.length).toBeGreaterThan(0);
        for (const value of wrong) {
          expectRefusal(() => call({ [option]: value } as never), prefix + option, rule);
        }
      });
    }
  }

  for (const [name, rule, call] of parameters) {
    it(`of the parameter ${name} is refused by ${call.toString().slice(0, 60)}`, () => {
      for (const value of values.filter((value) => !rule.allows(value))) {
        expectRefusal(() => call(value as never), name, rule);
      }
    });
  }

  it.each(rows.map(({ name, call, prefix }) => [name, call, prefix] as const))(
    'in place of all options is refused by %s',
    (_name, call, prefix) => {
      if (prefix !== undefined) return;
      for (const value of [null, 'x', 5, true, () => undefined]) {
        expect(() => call(value as never)).toThrow(/^(init|options|config): expected an object, got /);
      }
    },
  );
});

/** Values that the documentation excludes, listed without the rules: the rules could allow too much. */
const wrongByName: Readonly<Record<string, readonly unknown[]>> = {
  fetch: ['x', {}, library, null],
  request: ['x', 5, {}],
  project: ['x', {}, 5],
  observe: ['x', true, 'lifecycles'],
  concurrent: [0, -1, 1.5, NaN, '1'],
  idleTimeout: [0, -1, NaN, 2 ** 31, '5'],
  connectTimeout: [0, -1, NaN, 2 ** 31, '5'],
  signal: ['x', {}, new AbortController()],
  responseType: ['json', 'blob', ''],
  encoding: ['', 'klingon', 'utf-8;'],
  terminal: ['notifications', 'comments', 'x', true],
  onBadLine: ['ignore', {}, 5],
  schema: ['x', {}, () => true, { '~standard': {} }],
  parse: ['x', { tick: 'x' }],
  reconnect: ['false', 'x', 5, null],
  pauseWhen: ['x', true, {}, () => true],
  statuses: ['503', 503, ['503'], [99], {}],
  jitter: [-1, 2, 'x', NaN],
  delay: [-1, NaN, '5', 2 ** 31],
  count: [-1, 1.5, 'x', NaN],
  lastEventId: [{}, 5, null],
  lastEventIdParam: ['', 5, {}],
  mediaTypes: ['text/event-stream', [], [5], ['text'], ['text/plain; charset=utf-8']],
  onIncomplete: ['x', true],
  onIgnored: ['skip', {}, true],
  maxMessageLength: [0, -1, NaN, 'x'],
  maxLineLength: [0, -1, NaN, 'x'],
  maxValueLength: [0, -1, NaN, 'x'],
  elements: ['x', 1],
  inclusive: ['x', 1],
  unknown: ['x', true],
  onEnd: ['x', {}],
  onError: ['x', {}],
  mapError: ['x', {}],
  overflow: ['drop', {}, 5],
  endMarker: [null, 5, {}],
  heartbeat: [-1, NaN, 2 ** 31, '5'],
  retry: [-1, 1.5, NaN, '5', Infinity],
  onGap: ['x', {}],
  bufferSize: [0, -1, NaN, 'x'],
  bufferBytes: [0, -1, NaN, 'x'],
  ttl: [-1, NaN, Infinity, 2 ** 31, '5'],
  resetOnRefCountZero: ['x', 5],
  status: [204, 304, 99, 600, '200', 200.5],
  statusText: ['a\nb', 5],
  headers: [5, 'x', [['a']]],
  awaitFirst: ['x', 1],
  within: [-1, NaN, Infinity, 2 ** 31, '5'],
  retryAfter: [-1, 0.5, NaN, Infinity, '5'],
  reduce: ['x', {}],
  equal: ['x', true],
  debugName: [5, {}],
  injector: [{}, () => undefined, 'x'],
  serverTimeout: [-1, NaN, Infinity, 2 ** 31, '5'],
};

describe('the tables', () => {
  const every = rows.flatMap(({ rules }) => Object.entries(rules));

  const modules = { adapters, forAngular, forBodies, feeds, node, operators, forReaders, redis };
  const tables = Object.values(modules).flatMap((module) =>
    Object.entries(module as Record<string, Rule | Rules>).filter(
      (entry): entry is [string, Rules] => typeof entry[1].allows !== 'function',
    ),
  );

  it.each(tables)('are tried with a function that has them: %s', (_, table) => {
    const options = Object.entries(table);
    expect(options.length).toBeGreaterThan(0);
    const hasTable = rows.some(({ rules }) => options.every(([option, rule]) => rules[option] === rule));
    expect(hasTable).toBe(true);
  });

  it.each(
    rows.flatMap(({ name, rules, prefix = '' }) =>
      Object.keys(rules).map((option) => [prefix.replace('.', ': ') + option, name] as const),
    ),
  )('have the option %s of %s in docs/reference/options.md', (option, name) => {
    const [, section] = readFileSync(`${root}docs/reference/options.md`, 'utf8').split(`\n## ${option}\n`);
    expect(section?.split('\n## ')[0]).toMatch(new RegExp(`^- \\*\\*Of\\*\\*.* \`${name}\``, 'm'));
  });

  it.each(Object.entries(wrongByName))('refuses wrong values of %s', (name, wrong) => {
    const rules = every.filter(([option]) => option === name);
    expect(rules.length).toBeGreaterThan(0);
    for (const [, { allows }] of rules) expect(wrong.filter(allows)).toEqual([]);
  });

  it.each([
    ['fetch', globalThis.fetch],
    ['request', () => of({})],
    ['concurrent', 1],
    ['concurrent', Infinity],
    ['idleTimeout', 2 ** 31 - 1],
    ['encoding', ' latin1 '],
    ['schema', schemaOf((value) => ({ value }))],
    ['reconnect', false],
    ['reconnect', { count: 3 }],
    ['pauseWhen', of(true)],
    ['pauseWhen', [true]],
    ['pauseWhen', Promise.resolve(true)],
    ['statuses', []],
    ['statuses', [503, 401]],
    ['statuses', () => true],
    ['jitter', 0],
    ['delay', 0],
    ['delay', () => timer(1)],
    ['mediaTypes', ['application/json', 'text/x-stream']],
    ['maxLineLength', Infinity],
    ['maxMessageLength', Infinity],
    ['maxValueLength', Infinity],
    ['maxBufferedBytes', Infinity],
    ['elements', true],
    ['inclusive', true],
    ['parse', BigInt],
    ['parse', { tick: Number, name: schemaOf((value) => ({ value })) }],
    ['serverTimeout', 0],
    ['injector', new Map()],
    ['overflow', 'drop-oldest'],
    ['overflow', (queued: unknown[]) => queued],
    ['endMarker', ''],
    ['heartbeat', 0],
    ['retry', 0],
    ['ttl', 0],
    ['status', 201],
    ['headers', { a: 'b' }],
    ['headers', [['a', 'b']]],
    ['signal', null],
    ['signal', new AbortController().signal],
  ])('allows %s to be %s', (name, value) => {
    const rules = every.filter(([option]) => option === name);
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.some(([, { allows }]) => allows(value))).toBe(true);
  });
});
