/** Answers a request, on every platform; `nodeHandler` makes a listener for Node's own servers of it. */
export type Handler = (request: Request) => Response | Promise<Response>;
