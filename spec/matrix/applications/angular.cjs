// The declarations of Angular's packages are linked when they load.
require('@angular/compiler');
const angular = require('rxjs-http-streams/angular');
const forSpecs = require('rxjs-http-streams/angular/testing');

const { HTTP_STREAM_FETCH, HttpStreamTestingController, ...functions } = { ...angular, ...forSpecs };
const names = Object.keys(functions).filter((name) => typeof functions[name] === 'function');
const expected =
  'eventSourceResource,isHttpStream,ndjsonResource,provideHttpStreams,provideHttpStreamsTesting';
if (names.sort().join() !== expected || !HTTP_STREAM_FETCH || !HttpStreamTestingController)
  throw new Error(names.join());
console.log('/angular, /angular/testing');
