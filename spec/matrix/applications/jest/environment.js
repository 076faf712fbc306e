const { TestEnvironment } = require('jest-environment-jsdom');

/** A document, and what every browser has and jsdom lacks. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { Headers, Response, TextDecoder, TextEncoder, ReadableStream, Uint8Array });
  }
};
