/** Refuses requests that a page of another site sends through a name of its own (DNS rebinding). */
export const onlyFrom =
  (hostnames: readonly string[], handler: (request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const origin = request.headers.get('origin') ?? request.url;
    const isKnown = [origin, request.url].every((url) => hostnames.includes(new URL(url).hostname));
    return isKnown ? handler(request) : new Response(null, { status: 403 });
  };
