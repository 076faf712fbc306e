import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import { Digest } from './digest';
import { obey } from './remote';

/** The clients of a broadcast over sockets, in a process of their own. */

/** Clients that connect at a time: more would be refused. */
const BATCH = 50;

/** One client, and how it is called once it has seen so many messages. */
class Listener {
  readonly digest = new Digest();
  private awaited = Infinity;
  private called?: () => void;

  static connect(url: string): Promise<Listener> {
    return new Promise((resolve, reject) => {
      get(url, { agent: false }, (response) => {
        resolve(new Listener(response));
      }).once('error', reject);
    });
  }

  private constructor(response: IncomingMessage) {
    const parser = createParser({
      onEvent: ({ data }) => {
        this.digest.add(data);
        if (this.digest.count === this.awaited) this.called?.();
      },
    });
    response
      .setEncoding('utf8')
      .on('data', (text: string) => {
        parser.feed(text);
      })
      // The server ends by being stopped.
      .on('error', () => undefined);
  }

  seen(messages: number): Promise<void> {
    if (this.digest.count >= messages) return Promise.resolve();
    this.awaited = messages;
    return new Promise((resolve) => {
      this.called = resolve;
    });
  }
}

const listeners: Listener[] = [];

const commands = {
  connect: async (url: string, clients: number): Promise<void> => {
    while (listeners.length < clients) {
      const length = Math.min(BATCH, clients - listeners.length);
      listeners.push(...(await Promise.all(Array.from({ length }, () => Listener.connect(url)))));
    }
  },
  /** Answers once every client has seen so many messages. */
  seen: async (messages: number): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.seen(messages)));
  },
  /** The digests of what the clients have seen: a single one, if all have seen the same. */
  digests: (): string[] => [...new Set(listeners.map(({ digest }) => String(digest)))],
};

export type AudienceCommands = typeof commands;

obey(commands);
