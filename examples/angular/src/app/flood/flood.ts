import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  Subject,
  animationFrameScheduler,
  auditTime,
  catchError,
  endWith,
  identity,
  map,
  of,
  scan,
  startWith,
  switchMap,
} from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { HTTP_STREAM_FETCH } from 'rxjs-http-streams/angular';
import { Renders } from './renders';

interface Count {
  readonly events: number;
  readonly state: 'ready' | 'reading' | 'done' | 'failed';
}

const READY: Count = { events: 0, state: 'ready' };

@Component({
  selector: 'app-flood',
  imports: [DecimalPipe, Renders],
  template: `
    <p class="lead">
      20 000 events, as fast as they come. A signal that is set by each of them is rendered far less often,
      without a zone; and once a frame at most with one operator.
    </p>
    <div class="bar">
      <span class="state" [class]="count().state" role="status">{{ count().state }}</span>
      <span class="actions">
        <button type="button" (click)="starts.next('each')">Set each</button>
        <button type="button" class="main" (click)="starts.next('frame')">Once a frame</button>
      </span>
    </div>
    <div class="figures">
      <section class="sheet">
        <h2>events</h2>
        <output class="figure events">{{ count().events | number }}</output>
      </section>
      <section class="sheet">
        <h2>renderings of this page</h2>
        <output class="figure" appRenders>0</output>
      </section>
    </div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Flood {
  private readonly fetch = inject(HTTP_STREAM_FETCH);
  protected readonly starts = new Subject<'each' | 'frame'>();

  protected readonly count = toSignal(
    this.starts.pipe(
      switchMap((pace) =>
        fromEventSource('/api/flood?count=20000', { fetch: this.fetch, reconnect: false }).pipe(
          scan((events) => events + 1, 0),
          map((events): Count => ({ events, state: 'reading' })),
          endWith('done' as const),
          catchError(() => of('failed' as const)),
          scan(
            (count: Count, next): Count => (typeof next === 'string' ? { ...count, state: next } : next),
            READY,
          ),
          pace === 'frame' ? auditTime(0, animationFrameScheduler) : identity,
          startWith(READY),
        ),
      ),
    ),
    { initialValue: READY },
  );
}
