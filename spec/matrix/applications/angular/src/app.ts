import { Component, InjectionToken, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { scan } from 'rxjs';
import { fromNdjsonFetch, typed } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';

interface Row {
  readonly n: number;
}

/** Lets a spec answer in place of the network. */
export const ROWS_FETCH = new InjectionToken<StreamFetch | undefined>('ROWS_FETCH', {
  factory: () => undefined,
});

/** An application that imports one reader, and nothing else of the library. */
@Component({
  selector: 'app-root',
  template: '@for (row of rows(); track row.n) {<li>{{ row.n }}</li>}',
})
export class App {
  protected readonly rows = toSignal(
    fromNdjsonFetch('/rows', { schema: typed<Row>(), fetch: inject(ROWS_FETCH) }).pipe(
      scan((rows, row) => [...rows, row], [] as readonly Row[]),
    ),
    { initialValue: [] as readonly Row[] },
  );
}
