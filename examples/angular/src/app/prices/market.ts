import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { Observable } from 'rxjs';

/** Breaks connections and tokens, for visitors who want to see what happens then. */
@Injectable({ providedIn: 'root' })
export class Market {
  private readonly http = inject(HttpClient);

  /** Breaks every connection. */
  cut(): Observable<unknown> {
    return this.http.post('/api/cut', null);
  }

  /** Makes every token stale. */
  expire(): Observable<unknown> {
    return this.http.post('/api/expire', null);
  }
}
