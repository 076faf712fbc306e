import { HttpHeaders } from '@angular/common/http';

/** Converts the head of the platform's response to the options of one of Angular's responses. */
export const headOf = ({ headers, status, statusText, url }: Response) => ({
  headers: new HttpHeaders(headers),
  status,
  statusText,
  url,
});
