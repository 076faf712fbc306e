import { Controller, Get, Inject, Module, Req } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { toSseResponse } from 'rxjs-http-streams';
import { NodeRequest } from 'srvx/node';
import { tick$ } from './ticks';

const TICKS = Symbol('ticks');

@Controller('ticks')
export class TicksController {
  constructor(@Inject(TICKS) private readonly source$: typeof tick$) {}

  /** Nest sends a `Response` that a handler returns. */
  @Get()
  ticks(@Req() req: IncomingMessage): Response {
    return toSseResponse(this.source$, { request: new NodeRequest({ req }) });
  }
}

@Module({})
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what Nest calls a module
export class TicksModule {
  static of(source$ = tick$): DynamicModule {
    return {
      module: TicksModule,
      controllers: [TicksController],
      providers: [{ provide: TICKS, useValue: source$ }],
    };
  }
}
