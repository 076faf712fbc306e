import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { HTTP_STREAM_FETCH } from 'rxjs-http-streams/angular';
import type { Tick } from './shares';

/** The streams of prices. Each goes through the interceptors, and so does each of its reconnections. */
@Injectable({ providedIn: 'root' })
export class Market {
  private readonly http = inject(HttpClient);
  private readonly fetch = inject(HTTP_STREAM_FETCH);

  /** The price of one share, now and whenever it changes. */
  priceOf(symbol: string): Observable<Tick> {
    return fromEventSource(`/api/prices/${symbol}`, { fetch: this.fetch }).pipe(
      map(({ data }) => JSON.parse(data) as Tick),
    );
  }

  /** Breaks every connection. */
  cut(): Observable<unknown> {
    return this.http.post('/api/cut', null);
  }

  /** Makes every token stale. */
  expire(): Observable<unknown> {
    return this.http.post('/api/expire', null);
  }
}
