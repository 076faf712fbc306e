const { map } = require('rxjs');
const { TestScheduler } = require('rxjs/testing');
const { fromEventSource } = require('rxjs-http-streams');
const { marbleFetch } = require('rxjs-http-streams/testing');
const { continuesAfterACut } = require('./marbles.cjs');

it('runs where there is a document', () => {
  expect(document.nodeType).toBe(9);
});

it('continues a feed after a cut', () => {
  continuesAfterACut({ expect, fromEventSource, map, marbleFetch, TestScheduler });
});
