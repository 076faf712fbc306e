import type { Resource, ResourceRef } from '@angular/core';
import { typed } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { eventSourceResource, ndjsonResource } from 'rxjs-http-streams/angular';
import type { NdjsonResourceRef, StreamResourceRef } from 'rxjs-http-streams/angular';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';

interface Row {
  id: number;
}

describe('the resources of Angular', () => {
  it('have the messages, or what the parser makes of them', () => {
    expectTypeOf(eventSourceResource(() => '/')).toEqualTypeOf<StreamResourceRef<SseMessage | undefined>>();
    expectTypeOf(eventSourceResource(() => '/', { parse: typed<Row>() })).toEqualTypeOf<
      StreamResourceRef<Row | undefined>
    >();
    expectTypeOf(
      eventSourceResource(() => '/', { parse: (data) => data.length, defaultValue: 0 }),
    ).toEqualTypeOf<StreamResourceRef<number>>();
    const resource = eventSourceResource(() => '/', {
      parse: { n: Number, row: z.object({ id: z.number() }) },
    });
    const value = resource.value()!;
    if (value.type === 'n') expectTypeOf(value.data).toEqualTypeOf<number>();
    else expectTypeOf(value.data).toEqualTypeOf<{ id: number }>();
  });

  it('have what `reduce` makes of the values', () => {
    expectTypeOf(
      eventSourceResource(() => '/', {
        parse: { n: Number },
        reduce: (sum, { data }) => sum + data,
        defaultValue: 0,
      }),
    ).toEqualTypeOf<StreamResourceRef<number>>();
    expectTypeOf(
      eventSourceResource(() => '/', {
        reduce: (all, { data }) => [...all, data],
        defaultValue: [] as string[],
      }),
    ).toEqualTypeOf<StreamResourceRef<string[]>>();
    expectTypeOf(
      ndjsonResource(() => '/', {
        schema: typed<Row>(),
        reduce: (all, row) => [...all, row],
        defaultValue: [] as Row[],
      }),
    ).toEqualTypeOf<NdjsonResourceRef<Row[]>>();
    // @ts-expect-error `reduce` needs a value to begin with
    eventSourceResource(() => '/', { reduce: (sum: number) => sum });
  });

  it('have the rows', () => {
    expectTypeOf(ndjsonResource(() => '/')).toEqualTypeOf<NdjsonResourceRef<unknown>>();
    expectTypeOf(ndjsonResource<Row>(() => '/')).toEqualTypeOf<NdjsonResourceRef<Row | undefined>>();
    expectTypeOf(ndjsonResource(() => '/', { schema: typed<Row>(), defaultValue: { id: 0 } })).toEqualTypeOf<
      NdjsonResourceRef<Row>
    >();
    expectTypeOf(ndjsonResource(() => '/', { schema: typed<Row>(), onBadLine: () => ['bad'] })).toEqualTypeOf<
      NdjsonResourceRef<Row | string | undefined>
    >();
  });

  it('fit where those of Angular fit', () => {
    const resource = eventSourceResource(() => '/', { parse: typed<Row>() });
    expectTypeOf(resource).toExtend<ResourceRef<Row | undefined>>();
    expectTypeOf(resource.asReadonly()).toExtend<Resource<Row | undefined>>();
    if (resource.hasValue()) expectTypeOf(resource.value()).toEqualTypeOf<Row>();
    // @ts-expect-error the resource has its own `fetch`
    eventSourceResource(() => ({ url: '/', fetch }));
  });
});
