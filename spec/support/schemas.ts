import type { StandardSchema } from 'rxjs-http-streams';

type Result<T> = ReturnType<StandardSchema<T>['~standard']['validate']>;

/** A Standard Schema out of its one function. */
export const schemaOf = <T>(validate: (value: unknown) => Result<T>): StandardSchema<T> => ({
  '~standard': { version: 1, vendor: 'spec', validate },
});

const judge = (value: unknown): { value: number } | { issues: { message: string }[] } =>
  typeof value === 'number' ? { value: value * 10 } : { issues: [{ message: 'not a number' }] };

/** Numbers, times ten: its output differs from its input, so that a spec sees which of the two came. */
export const tenfold = schemaOf<number>(judge);

/** The same, a value later the smaller it is: answers come out of order. */
export const tenfoldInItsTime = schemaOf<number>(async (value) => {
  for (let turn = Number(value); turn < 5; turn++) await Promise.resolve();
  return judge(value);
});
