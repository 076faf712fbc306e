import type { HttpHeaders } from '@angular/common/http';

/** Converts Angular's headers to those of the platform. */
export function toHeaders(headers: HttpHeaders): Headers {
  const all = new Headers();
  for (const name of headers.keys()) {
    for (const value of headers.getAll(name) ?? []) all.append(name, value);
  }
  return all;
}
