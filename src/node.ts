/** Responses on Node's own servers. */

export { drainOn } from './node/drainOn';
export type { DrainConfig } from './node/drainOn';
export type { NodeServer } from './node/nodeServer';
export { nodeHandler } from './node/nodeHandler';
export type { NodeHandler, NodeHandlerOptions } from './node/nodeHandler';
export type { NodeRequest, NodeResponse } from './node/exchange';
export { sendResponse } from './node/sendResponse';
export { toRequest } from './node/toRequest';
