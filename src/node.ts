/** Entry for Node's own servers: sends a `Response`, receives a `Request`, and drains a server. */

export { drainOn } from './node/drainOn';
export type { DrainConfig } from './node/drainOn';
export type { NodeServer } from './node/nodeServer';
export { nodeHandler } from './node/nodeHandler';
export type { NodeHandler, NodeHandlerOptions } from './node/nodeHandler';
export type { NodeRequest, NodeResponse } from './node/exchange';
export { sendResponse } from './node/sendResponse';
export { toRequest } from './node/toRequest';
