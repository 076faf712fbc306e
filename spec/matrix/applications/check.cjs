/**
 * Uses the package on the platform that loads this file, with the modules as the caller has loaded them. Prints what it
 * has seen.
 */
exports.check = async ({ createServer, rxjs, main, node, testing, redis }) => {
  const expect = (what, seen, wanted) => {
    const text = JSON.stringify(seen);
    if (text !== JSON.stringify(wanted))
      throw new Error(`${what}: expected ${JSON.stringify(wanted)}, got ${text}`);
  };
  const read = (stream) => rxjs.lastValueFrom(stream.pipe(rxjs.toArray()));
  const rows = [{ n: 1 }, { n: 2 }];
  const answers = {
    '/rows': () =>
      new Response(main.toNdjsonBody(rxjs.from(rows)), {
        headers: { 'content-type': 'application/x-ndjson' },
      }),
    '/events': () => main.toSseResponse(rxjs.of('one', 'two')),
    '/text': () => main.toChunkedResponse(rxjs.of('plain ', 'text')),
  };
  const answer = (request) => answers[new URL(request.url).pathname]?.() ?? new Response('', { status: 404 });
  const server = createServer(node.nodeHandler(answer));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (path) => `http://127.0.0.1:${server.address().port}${path}`;
  try {
    expect('toNdjsonBody to fromNdjsonFetch', await read(main.fromNdjsonFetch(at('/rows'))), rows);
    const data = main
      .fromEventSource(at('/events'), { reconnect: false })
      .pipe(rxjs.map((message) => message.data));
    expect('toSseResponse to fromEventSource', await read(data), ['one', 'two']);
    const text = await read(main.fromChunkedFetch(at('/text')));
    expect('toChunkedResponse to fromChunkedFetch', text.join(''), 'plain text');
    const failure = await read(main.fromNdjsonFetch(at('/none'))).catch((error) => error);
    expect('a refusal', [main.isHttpStatusError(failure), failure.status], [true, 404]);
    if (redis) expect('/redis', typeof redis.redisLog, 'function');
    if (testing) expect('/testing', testing.utf8('a')[0], 97);
    return failure;
  } finally {
    server.closeAllConnections?.();
    server.close();
  }
};
