import { DecimalPipe, PercentPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { animationFrameScheduler, auditTime, catchError, of, scan } from 'rxjs';
import { inBrowser } from '../in-browser';
import { EMPTY_BOARD, toBoard } from './board';
import { Market } from './market';
import { Sparkline } from './sparkline';

@Component({
  selector: 'app-prices',
  imports: [DecimalPipe, PercentPipe, Sparkline],
  template: `
    <p class="lead">
      Every change of eight shares, shown once a frame. Leave this page, and the server sees the connection
      close. Cut the line, and the feed goes on where it was.
    </p>
    <div class="bar">
      <span class="state" [class]="board().state" role="status">{{ state() }}</span>
      <span class="facts">
        <b class="ticks">{{ board().ticks | number }}</b> ticks,
        <b class="missed">{{ board().missed }}</b> missed,
        <b class="connections">{{ board().connections }}</b>
        {{ board().connections === 1 ? 'connection' : 'connections' }}
      </span>
      <span class="actions">
        <button type="button" (click)="cut()">Cut the line</button>
        <button type="button" (click)="expire()">Let tokens expire</button>
      </span>
    </div>
    <ul class="tiles">
      @for (quote of board().quotes; track quote.symbol) {
        <li class="sheet tile" [class.falls]="quote.change < 0">
          <h2>{{ quote.symbol }}</h2>
          <span class="change">{{ quote.change | percent: '1.2-2' }}</span>
          <span class="price">{{ quote.price === undefined ? '–' : (quote.price | number: '1.2-2') }}</span>
          <app-sparkline [values]="quote.history" />
        </li>
      }
    </ul>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Prices {
  private readonly market = inject(Market);

  // However many ticks come: one value, and so one rendering, a frame.
  protected readonly board = toSignal(
    inBrowser(this.market.life$).pipe(
      // A signal hands an error on to whoever reads it, here the template.
      catchError(() => of({ type: 'failed' } as const)),
      scan(toBoard, EMPTY_BOARD),
      auditTime(0, animationFrameScheduler),
    ),
    { initialValue: EMPTY_BOARD },
  );

  protected readonly state = computed(() => {
    const { state, wait } = this.board();
    return state === 'reconnecting' ? `reconnecting in ${(wait / 1_000).toFixed(1)} s` : state;
  });

  protected cut(): void {
    this.market.cut().subscribe();
  }

  protected expire(): void {
    this.market.expire().subscribe();
  }
}
