/** A feed that is cut, a server that is down, and the message after the cut, in virtual time. */
exports.continuesAfterACut = ({ expect, fromEventSource, map, marbleFetch, TestScheduler }) => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, expectObservable, flush }) => {
    const server = marbleFetch(cold, [
      { body: '-a-#', chunks: { a: 'id: 1\ndata: one\n\n' } },
      { status: 503, headers: { 'retry-after': '20' }, body: '|' },
      { body: '-b-', chunks: { b: 'id: 2\ndata: two\n\n' } },
    ]);
    const data$ = fromEventSource('/feed', { fetch: server.fetch }).pipe(map(({ data }) => data));
    expectObservable(data$, '30s !').toBe('-a 23002ms b', { a: 'one', b: 'two' });
    flush();
    expect(server.requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '1', '1']);
  });
};
