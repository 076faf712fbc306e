import { TestBed } from '@angular/core/testing';
import { TestScheduler } from 'rxjs/testing';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { expect, it } from 'vitest';
import { App, ROWS_FETCH } from './app';

it('shows each row when it arrives', () => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(({ cold, flush }) => {
    const server = marbleFetch(cold, [{ body: '-a-|', chunks: { a: '{"n":1}\n{"n":2}\n' } }]);
    TestBed.configureTestingModule({ providers: [{ provide: ROWS_FETCH, useValue: server.fetch }] });
    const fixture = TestBed.createComponent(App);
    flush();
    fixture.detectChanges();
    expect((fixture.nativeElement as HTMLElement).textContent).toBe('12');
    expect(server.requests.map(({ url }) => url)).toEqual(['/rows']);
  });
});
