const { createServer } = require('node:http');
const rxjs = require('rxjs');
const main = require('rxjs-http-streams');
const node = require('rxjs-http-streams/node');
const redis = require('rxjs-http-streams/redis');
const testing = require('rxjs-http-streams/testing');
const { check } = require('./check.cjs');

check({ createServer, rxjs, main, node, redis, testing }).then(
  () => console.log('entries, round trips'),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
