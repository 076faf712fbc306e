import { obey } from '../../bench/remote';

/** A process that obeys until it dies. */
const commands = {
  greet: (name: string): string => `Hello ${name}`,
  wait: (): Promise<never> => new Promise(() => undefined),
  dieSoon: (words: string): void => {
    setImmediate(() => {
      process.stderr.write(words, () => process.abort());
    });
  },
};

export type MortalCommands = typeof commands;

obey(commands);
