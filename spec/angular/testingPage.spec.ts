// The test of the page about Angular, which needs a platform for tests.
import '@angular/compiler';
import { DOCUMENT } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { expect, it, vi } from 'vitest';
import * as angular from '../../src/angular';
import * as testing from '../../src/angular-testing';
import { evaluate } from '../readme/evaluate';

it('has a test that passes', async () => {
  TestBed.initTestEnvironment(
    BrowserTestingModule,
    platformBrowserTesting([{ provide: DOCUMENT, useValue: { cookie: '', getElementById: () => null } }]),
  );
  const tests: (() => Promise<void>)[] = [];
  const modules = {
    'rxjs-http-streams/angular': angular,
    'rxjs-http-streams/angular/testing': testing,
    vitest: { expect, it: (_: string, test: () => Promise<void>) => tests.push(test), vi },
  };

  await evaluate('A stream that goes on, is cut and continues', {}, { modules });

  expect(tests).toHaveLength(1);
  for (const test of tests) await test();
});
