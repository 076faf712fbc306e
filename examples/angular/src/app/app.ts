import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <h1>Streams in Angular</h1>
      <nav aria-label="Pages">
        @for (page of pages; track page.path) {
          <a
            [routerLink]="page.path"
            routerLinkActive="here"
            ariaCurrentWhenActive="page"
            [routerLinkActiveOptions]="{ exact: true }"
            >{{ page.name }}</a
          >
        }
      </nav>
    </header>
    <main><router-outlet /></main>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  protected readonly pages = [
    { path: '/', name: 'Prices' },
    { path: '/share', name: 'Share' },
    { path: '/chat', name: 'Chat' },
    { path: '/flood', name: 'Flood' },
  ];
}
