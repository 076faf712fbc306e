// The declarations of Angular's packages are linked when they load.
require('@angular/compiler');
const { HTTP_STREAM_FETCH, isHttpStream, provideHttpStreams } = require('rxjs-http-streams/angular');

const kinds = [isHttpStream, provideHttpStreams].map((each) => typeof each).join();
if (kinds !== 'function,function' || !HTTP_STREAM_FETCH) throw new Error(kinds);
console.log('/angular');
