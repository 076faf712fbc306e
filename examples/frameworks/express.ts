import type { RequestListener } from 'node:http';
import express from 'express';
import type { Express } from 'express';
import { toSseResponse } from 'rxjs-http-streams';
import { toNodeHandler } from 'srvx/node';
import { tick$ } from './ticks';

/** Express knows no `Response`: srvx is the bridge. `get` answers HEAD too, which starts nothing. */
export const expressApp = (source$ = tick$): Express =>
  express().get('/ticks', toNodeHandler((request) => toSseResponse(source$, { request })) as RequestListener);
