import { Controller, Get, Inject, Module, Next, Post, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { NextFunction, Request as Incoming, Response as Outgoing } from 'express';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

const NUMBERS = Symbol('numbers');

/** With `@Res()` Nest leaves the answer to the method. `@Get()` answers HEAD too, which starts nothing. */
@Controller()
export class StreamsController {
  private readonly answerTicks = nodeHandler((request) =>
    toSseResponse(this.n$.pipe(map((n) => ({ data: { n } }))), { request }),
  );
  private readonly answerRows = nodeHandler((request) =>
    toNdjsonResponse(this.n$.pipe(map((n) => ({ n }))), { request }),
  );
  private readonly answerEcho = nodeHandler(async (request) => Response.json(await request.json()));

  constructor(@Inject(NUMBERS) private readonly n$: Observable<number>) {}

  @Get('ticks')
  ticks(@Req() req: Incoming, @Res() res: Outgoing, @Next() next: NextFunction): void {
    this.answerTicks(req, res, next);
  }

  @Get('rows')
  rows(@Req() req: Incoming, @Res() res: Outgoing, @Next() next: NextFunction): void {
    this.answerRows(req, res, next);
  }

  /** Nest's own parser has read the body, and it is there for `request.json()`. */
  @Post('echo')
  echo(@Req() req: Incoming, @Res() res: Outgoing, @Next() next: NextFunction): void {
    this.answerEcho(req, res, next);
  }
}

@Module({})
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what Nest calls a module
export class StreamsModule {
  static of(n$: Observable<number> = interval(1_000)): DynamicModule {
    return {
      module: StreamsModule,
      controllers: [StreamsController],
      providers: [{ provide: NUMBERS, useValue: n$ }],
    };
  }
}
