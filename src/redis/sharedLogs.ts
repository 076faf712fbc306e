import type { MessageLog } from '../feed/log';
import type { SseMessageInit } from '../protocol/sseMessage';

/** Shares one log among all users of an ID. A log without users is garbage-collected. */
export class SharedLogs<T extends SseMessageInit> {
  readonly #logs = new Map<string, WeakRef<MessageLog<T>>>();
  readonly #forgotten = new FinalizationRegistry<string>((id) => {
    if (!this.#logs.get(id)?.deref()) this.#logs.delete(id);
  });

  get(id: string): MessageLog<T> | undefined {
    return this.#logs.get(id)?.deref();
  }

  set(id: string, log: MessageLog<T>): void {
    this.#logs.set(id, new WeakRef(log));
    this.#forgotten.register(log, id);
  }
}
