/// <reference types="zone.js" />
// The test of the page about virtual time, and what the page says of `fakeAsync`.
import 'zone.js/node';
import 'zone.js/testing';
import '@angular/compiler';
import { TestBed, fakeAsync, flushMicrotasks, tick } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { from, of } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse } from 'rxjs-http-streams';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import * as angular from '../../src/angular';
import { evaluate } from '../readme/evaluate';

const inProxyZone = (test: () => void): void => {
  const { ProxyZoneSpec } = Zone as unknown as { ProxyZoneSpec: new () => ZoneSpec };
  Zone.current.fork(new ProxyZoneSpec()).run(test);
};

describe('the page about virtual time', () => {
  beforeAll(() => {
    TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
  });

  it('has a test that passes', async () => {
    const passed: string[] = [];
    const run = (name: string, body: () => void): void => {
      inProxyZone(body);
      passed.push(name);
    };
    await evaluate(
      'Angular fakeAsync',
      {},
      { modules: { 'rxjs-http-streams/angular': angular, vitest: { expect, it: run } } },
    );
    expect(passed).toEqual(['continues after 3 s']);
  });
});

describe('fakeAsync', () => {
  const response = (): Response => new Response('{"a":1}\n');
  const observable = (): StreamResponse => ({
    ok: true,
    status: 200,
    statusText: '',
    url: '',
    headers: new Headers(),
    body: of(utf8('{"a":1}\n')),
  });

  it.each<[string, StreamFetch, unknown[]]>([
    ['an async function', async () => await Promise.resolve(response()), []],
    ['a ReadableStream', () => of(response()), []],
    ['a ReadableStream behind a promise of zone.js', () => Promise.resolve(response()), []],
    ['a body of ours', () => of(toNdjsonResponse([{ a: 1 }])), []],
    ['a body that is an Observable', () => of(observable()), [{ a: 1 }]],
    ['an Observable behind a promise of zone.js', () => from(Promise.resolve(observable())), [{ a: 1 }]],
  ])('sees of %s', (_, fetch, values) => {
    inProxyZone(
      fakeAsync(() => {
        const seen: unknown[] = [];
        const subscription = fromNdjsonFetch('/', { fetch }).subscribe((value) => seen.push(value));
        flushMicrotasks();
        tick(60_000);
        expect(seen).toEqual(values);
        subscription.unsubscribe();
      }),
    );
  });
});
