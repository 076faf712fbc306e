// The declarations of Angular's packages are linked when they load.
import '@angular/compiler';
import * as angular from 'rxjs-http-streams/angular';
import * as forSpecs from 'rxjs-http-streams/angular/testing';

const { HTTP_STREAM_FETCH, HttpStreamTestingController, ...functions } = { ...angular, ...forSpecs };
const names = Object.keys(functions).filter((name) => typeof functions[name] === 'function');
const expected =
  'eventSourceResource,isHttpStream,ndjsonResource,provideHttpStreams,provideHttpStreamsTesting';
if (names.sort().join() !== expected || !HTTP_STREAM_FETCH || !HttpStreamTestingController)
  throw new Error(names.join());
console.log('/angular, /angular/testing');
