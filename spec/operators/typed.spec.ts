import { of } from 'rxjs';
import { parseNdjson, typed } from 'rxjs-http-streams';
import { expect, it } from 'vitest';

it('passes values on as they are, whatever they are', () => {
  const values: unknown[] = [];
  of('{"id":"1"}\nnull\n')
    .pipe(parseNdjson({ schema: typed<{ id: number }>() }))
    .subscribe((value) => values.push(value));
  expect(values).toEqual([{ id: '1' }, null]);
});
