import { HttpHeaders } from '@angular/common/http';

/** The head of the platform's response, for one of Angular's. */
export const headOf = ({ headers, status, statusText, url }: Response) => ({
  headers: new HttpHeaders(headers),
  status,
  statusText,
  url,
});
