import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { fromEventSource } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { continuesAfterACut } from './marbles.cjs';

it('continues a feed after a cut', () => {
  continuesAfterACut({ expect, fromEventSource, map, marbleFetch, TestScheduler });
});
