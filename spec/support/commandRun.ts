import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { root } from './root';

/** The exit of a command, and its output. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly output: string;
  readonly complaints: string;
}

/** A command while it runs. */
export interface CommandRun {
  readonly child: ChildProcess & { readonly stdout: Readable };
  /** Settles once the text is among what it has printed. */
  readonly printed: (text: string) => Promise<void>;
  readonly ended: Promise<CommandEnd>;
}

/**
 * Runs a program with these arguments until it ends, at the latest with the test.
 *
 * @param file - A TypeScript file of the project, or the path of one that was bundled.
 */
export const commandRun = (file: string, args: readonly string[], input = ''): CommandRun =>
  processRun(process.execPath, [...(file.endsWith('.ts') ? ['--import=tsx'] : []), file, ...args], input);

/**
 * Runs a command line of a shell on a terminal of its own, which shows what the command line does not redirect. A
 * terminal has one output, and makes each line feed a carriage return and a line feed.
 */
export const terminalRun = (line: string): CommandRun =>
  processRun('script', ['--quiet', '--return', '--command', line, '/dev/null']);

/** @param input - The standard input; it stays open if omitted. */
function processRun(program: string, args: readonly string[], input?: string): CommandRun {
  const child = spawn(program, args, { cwd: root });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  if (input !== undefined) child.stdin.end(input);
  return {
    child,
    printed: async (text) => {
      while (!output.includes(text)) await once(child.stdout, 'data');
    },
    ended: once(child, 'close').then(([exitCode]) => ({
      exitCode: exitCode as number | null,
      output,
      complaints,
    })),
  };
}
