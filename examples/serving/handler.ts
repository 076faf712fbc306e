/** What every platform but Node's own `http` serves; `toNodeHandler` of srvx makes a listener for that one of it. */
export type Handler = (request: Request) => Response | Promise<Response>;
