import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
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
import { HTTP_STREAM_FETCH, eventSourceResource } from 'rxjs-http-streams/angular';
import { Renders } from './renders';

interface Count {
  readonly events: number;
  readonly state: 'ready' | 'reading' | 'done' | 'failed';
}

const FLOOD = { url: '/api/flood?count=20000', reconnect: false } as const;

const READY: Count = { events: 0, state: 'ready' };

@Component({
  selector: 'app-flood',
  imports: [DecimalPipe, Renders],
  template: `
    <p class="lead">
      20 000 events, as fast as they come. A signal that is set by each of them is rendered far less often,
      without a zone; and once a frame at most with one operator, or as a resource.
    </p>
    <div class="bar">
      <span class="state" [class]="count().state" role="status">{{ count().state }}</span>
      <span class="actions">
        <button type="button" (click)="start('each')">Set each</button>
        <button type="button" class="main" (click)="start('frame')">Once a frame</button>
        <button type="button" (click)="startResource()">As a resource</button>
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
  private readonly starts = new Subject<'each' | 'frame'>();
  private readonly asResource = signal(false);

  private readonly stream = toSignal(
    this.starts.pipe(
      switchMap((pace) =>
        fromEventSource(FLOOD.url, { reconnect: FLOOD.reconnect, fetch: this.fetch }).pipe(
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

  private readonly resource = eventSourceResource(() => (this.asResource() ? FLOOD : undefined), {
    reduce: (events) => events + 1,
    defaultValue: 0,
  });

  protected readonly count = computed(() => (this.asResource() ? this.resourceCount() : this.stream()));

  private resourceCount(): Count {
    const events = this.resource.lastValue();
    if (this.resource.error()) return { events, state: 'failed' };
    return { events, state: this.resource.connection() === 'closed' ? 'done' : 'reading' };
  }

  protected start(pace: 'each' | 'frame'): void {
    this.asResource.set(false);
    this.starts.next(pace);
  }

  protected startResource(): void {
    if (this.asResource()) this.resource.reload();
    else this.asResource.set(true);
  }
}
