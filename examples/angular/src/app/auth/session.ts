import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { defer, map, share, tap } from 'rxjs';

/** The user who is signed in, as a token that may go stale at any time. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly http = inject(HttpClient);
  private readonly current = signal('');

  /** The token for requests. */
  readonly token = this.current.asReadonly();

  /** Gets a fresh token; who asks meanwhile waits for the same one. */
  readonly renewal$ = defer(() => this.http.post<{ token: string }>('/api/session', null)).pipe(
    map(({ token }) => token),
    tap((token) => {
      this.current.set(token);
    }),
    share(),
  );
}
