// The declarations of Angular's packages are linked when they load.
import '@angular/compiler';
import { HTTP_STREAM_FETCH, isHttpStream, provideHttpStreams } from 'rxjs-http-streams/angular';

const kinds = [isHttpStream, provideHttpStreams].map((each) => typeof each).join();
if (kinds !== 'function,function' || !HTTP_STREAM_FETCH) throw new Error(kinds);
console.log('/angular');
