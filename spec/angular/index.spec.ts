import '@angular/compiler';
import { expect, it } from 'vitest';
import * as angular from '../../src/angular';
import * as testing from '../../src/angular-testing';

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(angular).sort()).toEqual([
    'HTTP_STREAM_FETCH',
    'eventSourceResource',
    'isHttpStream',
    'ndjsonResource',
    'provideHttpStreams',
  ]);
  expect(Object.keys(testing).sort()).toEqual(['HttpStreamTestingController', 'provideHttpStreamsTesting']);
});
