import { parseArgs } from 'node:util';

const OPTIONS = {
  post: { type: 'string' },
  header: { type: 'string', multiple: true },
  format: { type: 'string' },
  json: { type: 'string' },
  join: { type: 'boolean' },
  messages: { type: 'boolean' },
  until: { type: 'string' },
  reconnect: { type: 'boolean' },
  timeout: { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Parses a command line. Throws a `TypeError` for an unknown option, a missing value or an unexpected value. */
export function optionsOf(args: readonly string[]) {
  const config = { args: [...args], allowPositionals: true, options: OPTIONS };
  // Check first: the error messages of `parseArgs` repeat arguments, and an argument may be a secret.
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') check(token);
  }
  return parseArgs(config);
}

interface OptionToken {
  readonly index: number;
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function check({ index, name, value, inlineValue }: OptionToken): void {
  if (!isOption(name)) throw new TypeError(`Argument ${index + 1} is not an option`);
  if (OPTIONS[name].type === 'boolean') {
    if (value !== undefined) throw new TypeError(`--${name}: takes no value`);
  } else if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw new TypeError(`--${name}: expected a value (one that begins with - as --${name}=…)`);
  }
}

const isOption = (name: string): name is keyof typeof OPTIONS => Object.hasOwn(OPTIONS, name);
