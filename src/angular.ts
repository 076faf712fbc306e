/** Connects the readers to an Angular application: their requests go through its interceptors. */

export { isHttpStream } from './angular/isHttpStream';
export { HTTP_STREAM_FETCH, provideHttpStreams } from './angular/provideHttpStreams';
