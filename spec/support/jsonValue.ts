import fc from 'fast-check';
import { hostileText } from './hostileText';

/** Of members from their JSON, so that `__proto__` is a member as any other. */
const object = (members: readonly (readonly [string, unknown])[]): unknown =>
  JSON.parse(
    `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
  );

/** Any value of JSON, with hostile text wherever there may be text. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostileText,
    // As JSON has it, which knows no negative zero.
    fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(hostileText, tie('value')), { maxLength: 3 }).map(object),
  ),
})).value;
