#!/usr/bin/env node
/** Runs the command `rxjs-http-streams`. It imports the library by its name, as applications do. */
import process, { stderr, stdout } from 'node:process';
import {
  ReplaySubject,
  Subject,
  catchError,
  concat,
  defer,
  fromEvent,
  ignoreElements,
  map,
  merge,
  noop,
  of,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { version } from '../package.json';
import { commandOf } from './cli/command';
import type { Command } from './cli/command';
import { complaintOf } from './cli/complaintOf';
import { EXIT, failureOf } from './cli/exitCodes';
import type { Failure } from './cli/exitCodes';
import { hintsOf } from './cli/hints';
import type { Hints } from './cli/hints';
import { printable } from './cli/printable';
import { read } from './cli/read';
import type { Output } from './cli/readAs';
import { BRIEF, USAGE } from './cli/usage';

const args = process.argv.slice(2);
let hints: Hints | undefined;
/** Whether the last line of the output lacks its line break. */
let lineIsOpen = false;

const print = (text: string): void => {
  stdout.write(text);
  lineIsOpen = !text.endsWith('\n');
};

/** Ends a line on a terminal, which would show the prompt or a message behind it. */
const endLine = (): void => {
  if (stdout.isTTY && lineIsOpen) print('\n');
};

const say = (what: Omit<Failure, 'code'>): void => {
  endLine();
  stderr.write(complaintOf(what, stderr.isTTY));
};

/** Ends the output: the last line, and the hints. */
const conclude = (failure?: Failure): void => {
  endLine();
  if (failure) say(failure);
  for (const reason of hints?.list() ?? []) say({ reason });
};

const failed = (error: unknown, url?: string): Observable<number> => {
  const failure = failureOf(error, url);
  conclude(failure);
  return of(failure.code);
};

/** Emits errors of the standard output, even late ones: the last write may fail after the end of the stream. */
const broken$ = new ReplaySubject<NodeJS.ErrnoException>(1);
stdout.on('error', (error: NodeJS.ErrnoException) => {
  broken$.next(error);
});

const outputOf = ({ url }: Command, commandHints: Hints): Output => ({
  whenWritable: <T>(value: T): ObservableInput<T> =>
    stdout.writableNeedDrain
      ? fromEvent(stdout, 'drain').pipe(
          take(1),
          map(() => value),
        )
      : [value],
  onReconnect: ({ error, delay }) => {
    const reason = error === undefined ? 'the server ended the stream' : failureOf(error, url).reason;
    say({ reason: `${reason}; reconnecting in ${((delay ?? 0) / 1_000).toFixed(1)} s` });
  },
  hints: commandHints,
});

/** Returns the text that a command prints, and the URL of its request, if it sends one. */
function textOf(command: Awaited<ReturnType<typeof commandOf>>): [text$: Observable<string>, url?: string] {
  if (command === 'help') return [of(USAGE)];
  if (command === 'version') return [of(`${version}\n`)];
  hints = hintsOf(command);
  return [read(command, outputOf(command, hints)), command.url];
}

// Without a reader of its messages, the command still ends with its exit code.
stderr.on('error', noop);

const ended$ = defer(() => commandOf(args)).pipe(
  catchError((error: unknown) => {
    if (args.length === 0) stderr.write(BRIEF);
    say({ reason: `${error instanceof Error ? error.message : String(error)}; see --help` });
    return of(EXIT.failed);
  }),
  switchMap((command) => {
    if (typeof command === 'number') return of(command);
    const [text$, url] = textOf(command);
    return concat(
      text$.pipe(printable(stdout.isTTY), tap(print), ignoreElements()),
      defer(() => {
        conclude();
        return of(EXIT.finished);
      }),
    ).pipe(catchError((error: unknown) => failed(error, url)));
  }),
);

const stopped$ = new Subject<number>();

const running = merge(
  ended$,
  stopped$,
  // EPIPE: the reader of the output, such as `head`, has closed the pipe.
  broken$.pipe(switchMap((error) => (error.code === 'EPIPE' ? of(EXIT.finished) : failed(error)))),
)
  .pipe(take(1))
  .subscribe({
    next: (code) => {
      process.exitCode = code;
    },
    error: (error: unknown) => {
      throw error;
    },
  });

const stop = (code: number): void => {
  // At a second signal, or if the reader of the output has stopped reading, exit without waiting for the output.
  if (running.closed || stdout.writableNeedDrain) process.exit(code);
  stopped$.next(code);
  conclude();
  // Exit explicitly, because an open standard input would keep the process alive.
  stdout.write('', () => process.exit(code));
};
process.on('SIGINT', () => {
  stop(EXIT.interrupted);
});
process.on('SIGTERM', () => {
  stop(EXIT.terminated);
});
