import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';

/** Makes the events of a message of Anthropic from the words of an answer. */
export const messageEvents = (model: string, word$: Observable<string>) => {
  const message = {
    id: `msg_${crypto.randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
  };
  const [index, usage] = [0, { input_tokens: 0, output_tokens: 0 }];
  return concat(
    of({ type: 'message_start', message: { ...message, stop_reason: null, usage } }),
    of({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } }),
    word$.pipe(map((text) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } }))),
    of({ type: 'content_block_stop', index }),
    of({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage }),
    of({ type: 'message_stop' }),
  ) as Observable<RawMessageStreamEvent>;
};
