import type { Open, ReadMessages } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { SAMPLE_BYTES, cut, respond } from '../workloads/chunks';
import type { Cut } from '../workloads/chunks';
import { messagesOf } from '../workloads/messages';
import type { StyleName, WireMessage } from '../workloads/messages';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';

/** Messages from a response in memory. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { shape, style, chunk, bytes } = params as {
    shape: ShapeName;
    style: StyleName;
    chunk: Cut;
    bytes: number;
  };
  const read = await loadReader<ReadMessages>('sse', contender);
  const opener = (messages: readonly WireMessage[]): Open => {
    const chunks = cut(
      messages.map(({ wire }) => wire),
      chunk,
    );
    return () => Promise.resolve(respond(chunks, 'text/event-stream'));
  };

  let sum = 0;
  const use = (data: string, type?: string | null, id?: string | number | null): void => {
    sum = (sum + data.length + data.charCodeAt(data.length >> 1)) | 0;
    // Not every contender has a value here where the wire has none.
    if (type && type !== 'message') sum = (sum + type.charCodeAt(0)) | 0;
    if (id) sum = (sum + String(id).length) | 0;
  };
  // The messages themselves are let go: what is kept is marked in every collection, on the contender's time.
  const prepare = (): { size: number; open: Open; expectedSum: number } => {
    const messages = messagesOf(shape, style, bytes);
    for (const { data, type, id } of messages) use(data, type, id);
    return { size: messages.length, open: opener(messages), expectedSum: sum };
  };
  const { size, open, expectedSum } = prepare();

  return {
    size,
    async check() {
      const messages = messagesOf(shape, style, SAMPLE_BYTES);
      const expected = new Digest();
      for (const { data, type, id } of messages) expected.add(`${type} ${id} ${data}`);
      const actual = new Digest();
      await read(opener(messages), (data, type, id) => {
        actual.add(`${type || 'message'} ${id ?? ''} ${data}`);
      });
      expectSame(contender, actual, expected);
    },
    async run() {
      sum = 0;
      const cpu = await cpuTime(() => read(open, use));
      expectSame(contender, sum, expectedSum);
      return { cpu };
    },
  };
};
