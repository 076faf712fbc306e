import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { typed } from 'rxjs-http-streams';
import { eventSourceResource } from 'rxjs-http-streams/angular';
import { SHARES } from '../prices/shares';
import type { Tick } from '../prices/shares';

@Component({
  selector: 'app-share',
  imports: [DecimalPipe, RouterLink],
  template: `
    <p class="lead">
      One share at a time: choosing another closes the stream of the one before. The first price is in the
      page that the server sends. MUTE never says anything, and does not keep the page waiting.
    </p>
    <nav class="chips" aria-label="Shares">
      @for (share of shares; track share) {
        <a
          routerLink="/share"
          [queryParams]="{ symbol: share }"
          [class.here]="share === symbol()"
          [attr.aria-current]="share === symbol() ? 'page' : null"
          >{{ share }}</a
        >
      }
    </nav>
    <section class="sheet quote" aria-live="polite">
      <h2>{{ symbol() }}</h2>
      @if (price.hasValue()) {
        <span class="price">{{ price.value().price | number: '1.2-2' }}</span>
      } @else if (price.error()) {
        <span class="price bad">no prices</span>
      } @else {
        <span class="price">{{ price.connection() === 'open' ? 'no price yet' : '…' }}</span>
      }
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Share {
  protected readonly shares = [...SHARES, 'MUTE'];

  /** Of the query. */
  readonly symbol = input('ACME', { transform: (symbol: string | undefined) => symbol ?? 'ACME' });

  protected readonly price = eventSourceResource(() => `/api/prices/${this.symbol()}`, {
    parse: typed<Tick>(),
  });
}
