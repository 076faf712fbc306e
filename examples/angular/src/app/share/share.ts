import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { timeout } from 'rxjs';
import { Market } from '../prices/market';
import { SHARES } from '../prices/shares';

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
      @if (price.error()) {
        <span class="price bad">no price within a second</span>
      } @else if (price.hasValue()) {
        <span class="price">{{ price.value().price | number: '1.2-2' }}</span>
      } @else {
        <span class="price">…</span>
      }
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Share {
  private readonly market = inject(Market);

  protected readonly shares = [...SHARES, 'MUTE'];

  /** Of the query. */
  readonly symbol = input('ACME', { transform: (symbol: string | undefined) => symbol ?? 'ACME' });

  protected readonly price = rxResource({
    params: () => this.symbol(),
    // On the server the page waits for the first value: without a limit it would wait for ever.
    stream: ({ params: symbol }) => this.market.priceOf(symbol).pipe(timeout({ first: 1_000 })),
  });
}
