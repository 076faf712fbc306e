import { DecimalPipe, PercentPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import { typed } from 'rxjs-http-streams';
import { eventSourceResource } from 'rxjs-http-streams/angular';
import type { StreamConnection } from 'rxjs-http-streams/angular';
import { EMPTY_BOARD, withTick } from './board';
import { Market } from './market';
import type { Tick } from './shares';
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
      <span class="state" [class]="state()" role="status">{{ state() }}{{ wait() }}</span>
      <span class="facts">
        <b class="ticks">{{ board().ticks | number }}</b> ticks,
        <b class="missed">{{ board().missed }}</b> missed,
        <b class="connections">{{ connections() }}</b>
        {{ connections() === 1 ? 'connection' : 'connections' }}
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

  // However many ticks come: one rendering a frame. The server renders the page without the prices.
  private readonly prices = eventSourceResource(() => '/api/prices', {
    parse: { tick: typed<Tick>() },
    reduce: withTick,
    defaultValue: EMPTY_BOARD,
    serverTimeout: 0,
  });

  // Also after an error, when `value()` throws.
  protected readonly board = this.prices.lastValue;

  protected readonly state = computed(() => (this.prices.error() ? 'failed' : this.prices.connection()));

  protected readonly wait = computed(() => {
    const at = this.prices.nextAttempt();
    return at === undefined ? '' : ` in ${((at - Date.now()) / 1_000).toFixed(1)} s`;
  });

  protected readonly connections = linkedSignal<StreamConnection, number>({
    source: this.prices.connection,
    computation: (connection, before) => (before?.value ?? 0) + (connection === 'open' ? 1 : 0),
  });

  protected cut(): void {
    this.market.cut().subscribe();
  }

  protected expire(): void {
    this.market.expire().subscribe();
  }
}
