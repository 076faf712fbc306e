import { from, lastValueFrom, toArray } from 'rxjs';
import { fromNdjsonFetch, toNdjsonBody } from 'rxjs-http-streams';

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/rows') return new Response(toNdjsonBody(from([{ n: 1 }, { n: 2 }])));
    if (pathname === '/read')
      return Response.json(await lastValueFrom(fromNdjsonFetch(searchParams.get('url')).pipe(toArray())));
    return new Response('', { status: 404 });
  },
};
