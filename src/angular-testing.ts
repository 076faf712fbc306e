/** A controller for the streams of an Angular application in its specs. */

export { HttpStreamTestingController } from './angular/testing/httpStreamTestingController';
export type { StreamMatch } from './angular/testing/httpStreamTestingController';
export { provideHttpStreamsTesting } from './angular/testing/provideHttpStreamsTesting';
export type { TestStream, TestStreamInit } from './angular/testing/testStream';
