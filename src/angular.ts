/** The readers in an Angular application: their requests go through its interceptors. */

export { HTTP_STREAM_FETCH, provideHttpStreams } from './angular/provideHttpStreams';
