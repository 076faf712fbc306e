import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import * as rxjs from 'rxjs';
import * as main from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import * as redis from 'rxjs-http-streams/redis';
import * as testing from 'rxjs-http-streams/testing';
import { check } from './check.cjs';

const failure = await check({ createServer, rxjs, main, node, redis, testing });
const other = createRequire(import.meta.url)('rxjs-http-streams');
if (other.HttpStatusError === main.HttpStatusError) throw new Error('expected two copies of a class');
if (!other.isHttpStatusError(failure))
  throw new Error('expected a guard that knows the errors of both copies');
console.log('entries, round trips, guards');
