// Compares docs/reference/options.md with the public functions, or writes the page with `--write`. Each option has its
// text and default from its doc comment, its type from its declaration, and its bounds from the function itself: the
// `TypeError` for a wrong value names what was expected.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/reference/options.md`;
const entries = ['index', 'testing', 'node', 'redis', 'angular', 'angular-testing'];
const load = (entry) => tsImport(`../src/${entry}.ts`, import.meta.url);

/** Names of the parameters that carry options. */
const CARRIERS = ['init', 'config', 'options', 'responses'];

// The declarations of Angular's packages are linked when they load.
await import('@angular/compiler');
const [library, forTests, forNode, forRedis, forAngular] = await Promise.all(entries.slice(0, 5).map(load));
const { NEVER } = await import('rxjs');
const { createServer } = await import('node:http');
const redisClient = Object.fromEntries(
  ['xRange', 'xRead', 'eval', 'duplicate'].map((name) => [name, () => 0]),
);
const all = { ...library, ...forTests, ...forNode, ...forRedis, ...forAngular };
const first = (value) => (make) => (options) => make(value, options);
const alone = (make) => make;
/** Angular refuses the call of a resource outside an application, after the options have been checked. */
const resource = (make) => (options) => {
  try {
    make(() => undefined, options);
  } catch (error) {
    if (!error.message.startsWith('NG0203')) throw error;
  }
};
/** Calls each function that takes options with nothing but these options. */
const CALLS = {
  ...Object.fromEntries(
    Object.keys(library).flatMap((name) =>
      /^from/.test(name)
        ? [[name, first('http://localhost/')]]
        : /^to.*(Body|Response)$/.test(name)
          ? [[name, first(NEVER)]]
          : [],
    ),
  ),
  appendTo: first(library.memoryLog()),
  decodeText: alone,
  drainOn: (make) => (options) => make(createServer(), NEVER, options),
  endOn: first('x'),
  eventSourceResource: resource,
  marbleFetch: (make) => (options) => make(() => NEVER, [options]),
  memoryLog: alone,
  memoryLogs: alone,
  ndjsonResource: resource,
  nodeHandler: first(() => undefined),
  parseJson: alone,
  parseMessages: first({}),
  parseNdjson: alone,
  parseSse: alone,
  redisLog: (make) => (options) => make(redisClient, 'key', options),
  redisLogs: first(redisClient),
  resumable: first(NEVER),
  splitJson: alone,
  splitLines: alone,
  toAsyncIterable: first(NEVER),
  toEventTarget: first(NEVER),
};

const complaints = [];

/** The members of `RequestInit` that the readers check; the platform documents them, and so does this page in short. */
const OF_REQUEST_INIT = {
  method: {
    text: 'The method of the request. `fromEventSource` reconnects by itself for GET and HEAD only.',
    fallback: "`'GET'`",
  },
  headers: {
    text: 'The headers of the request. The headers of a `request` are merged over these by name.',
    fallback: 'none; `fromEventSource` adds `Accept: text/event-stream`',
  },
};

const files = entries.map((entry) => `${root}src/${entry}.ts`);
const { options: compilerOptions } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram(files, compilerOptions);
const checker = program.getTypeChecker();
const isOurs = (declaration) => declaration.getSourceFile().fileName.startsWith(`${root}src/`);

const partsOf = (type) => (type.isUnion() ? type.types : [type]);
/** The properties that a type declares in this library, and those of `RequestInit` that its functions check. */
const optionsOf = (type) =>
  partsOf(type).flatMap((part) => {
    if (checker.isArrayType(part)) return optionsOf(checker.getTypeArguments(part)[0]);
    if (part.getCallSignatures().length > 0) return [];
    return checker
      .getPropertiesOfType(part)
      .filter((symbol) => symbol.declarations?.some(isOurs) || Object.hasOwn(OF_REQUEST_INIT, symbol.name));
  });

const tagOf = (symbol, name) =>
  symbol
    .getJsDocTags(checker)
    .find((tag) => tag.name === name)
    ?.text?.map(({ text }) => text)
    .join('')
    .trim();
const plain = (text) => text.replace(/\{@link (\w+)\}/g, '`$1`').replace(/(?<!\n)\n(?!\n|\s*- )\s*/g, ' ');

const commentOf = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));

/** The paragraphs about the choices of an option, from the comment of its type, without the summary. */
function choicesOf({ type }) {
  const alias = type && ts.isUnionTypeNode(type) ? type.types.find(ts.isTypeReferenceNode) : undefined;
  const named = alias && checker.getSymbolAtLocation(alias.typeName);
  const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  const declaration = symbol?.declarations?.find((one) => ts.isTypeAliasDeclaration(one) && isOurs(one));
  const hasChoices =
    declaration && ts.isUnionTypeNode(declaration.type) && declaration.type.types.some(ts.isLiteralTypeNode);
  return hasChoices ? commentOf(symbol).split('\n\n').slice(1) : [];
}

/** The type as it is declared. A type parameter stands for the types that it may be. */
function typeOf(symbol, { type }) {
  const parameter = partsOf(checker.getTypeOfSymbol(symbol)).find((part) => part.isTypeParameter());
  const constraint = parameter && checker.getBaseConstraintOfType(parameter);
  if (constraint)
    return partsOf(constraint)
      .map((part) => checker.typeToString(part))
      .join(' | ')
      .replaceAll('"', "'");
  return type
    .getText()
    .replace(/\s+/g, ' ')
    .replace(/^\| /, '')
    .replace(/ \| undefined$/, '')
    .replace(/^\((.*)\)$/, (whole, inner) => (/^\([^()]*\) =>/.test(inner) ? inner : whole));
}

/** Shows an amount as the page shows it. */
const amount = (text) => text.replace(/\d(?=(\d{3})+(?!\d))/g, '$&\u00a0');

/** Returns the values that a function expects of an option, as the `TypeError` for a wrong one says. */
function expectedBy(name, call, option, prefix) {
  const value = { [option]: Symbol('wrong') };
  try {
    call(prefix ? { [prefix]: value } : value);
  } catch (error) {
    const [, expected] = new RegExp(`${option}: expected (.+), got a symbol$`).exec(error.message) ?? [];
    if (expected !== undefined) return expected;
    complaints.push(`${name}, ${option}: ${error.message}`);
  }
  return undefined;
}

const UNITS = [
  [/milliseconds/i, 'ms'],
  [/in seconds/, 's'],
  [/in UTF-16 code units/, 'characters (UTF-16 code units)'],
  [/\bbytes\b/i, 'bytes'],
  [/number of messages/i, 'messages'],
  [/^Most values/, 'values'],
  [/number of projections/, 'projections'],
  [/number of consecutive reconnections/, 'reconnections'],
  [/^Status code/, 'status code'],
  [/^Maximum part/, 'part of the delay'],
];

function unitOf(name, text, expected) {
  if (!/\ba (whole )?number\b|a status/.test(expected ?? '')) return undefined;
  const [, unit] = UNITS.find(([pattern]) => pattern.test(text)) ?? [];
  if (unit === undefined)
    complaints.push(`${name}: the doc comment names no unit that .ci/options-page.mjs knows`);
  return unit;
}

const quotedValues = (text) => text.replace(/'[^']*'/g, '`$&`');
const boundsOf = (expected) =>
  quotedValues(expected.replace(/ to Infinity/, ' on, or `Infinity`').replace(/\d{4,}/g, amount));

/** Each option by its name: its variants, each with the functions that take it. */
const found = new Map();
/** The names of the options of each function. */
const byFunction = new Map();

function add(name, call, symbol, prefix) {
  const option = prefix ? `${prefix}: ${symbol.name}` : symbol.name;
  const isOwn = symbol.declarations.some(isOurs);
  const declaration = symbol.declarations.find((one) => isOurs(one) === isOwn);
  const own = isOwn ? undefined : OF_REQUEST_INIT[symbol.name];
  const text = own?.text ?? plain([commentOf(symbol), ...choicesOf(declaration)].join('\n\n'));
  const type = typeOf(symbol, declaration);
  const isRequired = declaration.questionToken === undefined;
  const fallback = own?.fallback ?? plain(tagOf(symbol, 'defaultValue') ?? '');
  const expected = expectedBy(name, call, symbol.name, prefix);
  if (text === '') complaints.push(`${option} of ${name} has no doc comment`);
  if (fallback === '' && !isRequired) complaints.push(`${option} of ${name} has no @defaultValue`);
  const variants = found.get(option) ?? found.set(option, new Map()).get(option);
  const unit = unitOf(`${option} of ${name}`, text, expected);
  const key = JSON.stringify([text, type, fallback, expected]);
  const variant =
    variants.get(key) ?? variants.set(key, { text, type, fallback, expected, unit, of: [] }).get(key);
  if (!variant.of.includes(name)) variant.of.push(name);
  const names = byFunction.get(name) ?? byFunction.set(name, []).get(name);
  if (!names.includes(option)) names.push(option);

  for (const part of partsOf(checker.getTypeOfSymbol(symbol))) {
    const nested = part.symbol ?? part.aliasSymbol;
    if (!prefix && nested?.name.endsWith('Config') && nested.declarations.some(isOurs)) {
      for (const member of optionsOf(part)) add(name, call, member, symbol.name);
    }
  }
}

for (const [index, file] of files.entries()) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable))) continue;
    const type = checker.getTypeOfSymbol(symbol);
    const options = new Map();
    for (const { parameters } of type.getCallSignatures()) {
      for (const parameter of parameters.filter(({ name }) => CARRIERS.includes(name))) {
        const given = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
        for (const option of optionsOf(given)) {
          // The signatures without `project` have a `concurrent` that no value fits: its comment is on the other one.
          const known = options.get(option.name);
          if (!known || known.getDocumentationComment(checker).length === 0) options.set(option.name, option);
        }
      }
    }
    if (options.size === 0) continue;
    const call = CALLS[symbol.name]?.(all[symbol.name]);
    if (!call) {
      complaints.push(
        `${symbol.name} of src/${entries[index]}.ts takes options: add its call to .ci/options-page.mjs`,
      );
      continue;
    }
    for (const option of options.values()) add(symbol.name, call, option);
  }
}

const code = (text) => `\`${text}\``;
const anchor = (option) => option.toLowerCase().replace(': ', '-');
const byName = (a, b) => a.localeCompare(b, 'en');

const sentence = ({ text, type, fallback, expected, unit, of }) => [
  `- **Of** ${[...of].sort(byName).map(code).join(', ')}`,
  `- **Type:** ${code(type)}`,
  ...(expected === undefined
    ? []
    : [`- **Accepts:** ${boundsOf(expected)}${unit === undefined ? '' : `; **unit:** ${unit}`}`]),
  fallback === '' ? '- **Default:** none' : `- **Default:** ${fallback}`,
  '',
  text,
  '',
];

const names = [...found.keys()].sort(byName);
const text = `# Options A–Z

<!-- Made from the sources by \`npm run options-page\`. Change the doc comments and the rules, not this page. -->

An option that is omitted, or \`undefined\`, has its default. A wrong value of an option is a \`TypeError\` when the function is called, and the message names the option, what was expected and the value: \`idleTimeout: expected a number from 1 to 2147483647, got '5'\`. The exceptions are options without *Accepts*, which go to \`fetch\` as they are.

The readers also take every other member of \`RequestInit\`. [Important defaults](../start/defaults.md) has those that matter most on one page.

## Options by function

| function | options |
|---|---|
${[...byFunction]
  .sort(([a], [b]) => byName(a, b))
  .map(
    ([name, options]) =>
      `| ${code(name)} | ${[...options]
        .filter((option) => !option.includes(': '))
        .sort(byName)
        .map((option) => `[${code(option)}](#${anchor(option)})`)
        .join(', ')} |`,
  )
  .join('\n')}

${names
  .flatMap((option) => [`## ${option}`, '', ...[...found.get(option).values()].flatMap(sentence)])
  .join('\n')
  .trim()}
`;

if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
if (process.argv.includes('--write')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/reference/options.md is not what the sources say: run `npm run options-page`.');
  process.exit(1);
}
console.log(`${names.length} options of ${byFunction.size} functions are as in docs/reference/options.md.`);
