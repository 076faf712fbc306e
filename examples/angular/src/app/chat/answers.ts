import { Injectable, inject } from '@angular/core';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import { HTTP_STREAM_FETCH } from 'rxjs-http-streams/angular';

/** Has questions answered. */
@Injectable({ providedIn: 'root' })
export class Answers {
  private readonly fetch = inject(HTTP_STREAM_FETCH);

  /** The words of an answer; it is whole only if it completes. A POST is never sent twice. */
  to(question: string): Observable<string> {
    return fromEventSource('/api/chat', {
      fetch: this.fetch,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
    }).pipe(
      endOn('[DONE]'),
      map(({ data }) => (JSON.parse(data) as { word: string }).word),
    );
  }
}
