/**
 * Events of a server for a request. A listener of `checkContinue` or `checkExpectation` answers the request in place of
 * Node, and may pass it on as a `request` event.
 */
export const REQUEST_EVENTS = ['request', 'checkContinue', 'checkExpectation'] as const;
