import { UnauthorizedError, auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { withOAuth } from '@modelcontextprotocol/sdk/client/middleware.js';
import type {
  ElicitRequest,
  JSONRPCMessage,
  JSONRPCRequest,
  Result,
} from '@modelcontextprotocol/sdk/types.js';
import { lastValueFrom, retry, throwError } from 'rxjs';
import { answered } from '../mcp/answered';
import { fromMcp } from '../mcp/fromMcp';
import { fromNews } from '../mcp/fromNews';
import { send } from '../mcp/send';
import { ConformanceLogin } from './conformanceLogin';

// The client of the public scenarios: it calls each tool of the server whose address is its last argument.
const url = process.argv.at(-1)!;
const session = new Headers();
const login = new ConformanceLogin();
const authorized = withOAuth(login, url)(fetch);
let id = 0;

/** Exchanges the code of the user, who has logged in, where the server has asked for a login. */
const logIn = (error: Error) =>
  error instanceof UnauthorizedError && login.code !== undefined
    ? auth(login, { serverUrl: url, authorizationCode: login.code, fetchFn: fetch })
    : throwError(() => error);

/** Fills in a form with its defaults. */
const answer = ({ params }: JSONRPCRequest): readonly Result[] => {
  const { requestedSchema } = params as ElicitRequest['params'] & { requestedSchema: { properties: object } };
  const defaults = Object.entries(requestedSchema.properties as Record<string, { default?: unknown }>);
  const content = Object.fromEntries(defaults.map(([name, schema]) => [name, schema.default]));
  return [{ action: 'accept', content }];
};
const answering = answered(answer, (response) => send(url, response, session, authorized));

const call = (method: string, params: Record<string, unknown> = {}): Promise<JSONRPCMessage> =>
  lastValueFrom(
    fromMcp(url, { jsonrpc: '2.0', id: ++id, method, params }, session, authorized).pipe(
      answering,
      retry({ count: 3, delay: logIn }),
    ),
  );

await call('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: { elicitation: { form: { applyDefaults: true } } },
  clientInfo: { name: 'rxjs-http-streams', version: '1' },
});
session.set('mcp-protocol-version', '2025-11-25');
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' } as const;
const notified$ = send(url, initialized, session, authorized).pipe(retry({ count: 3, delay: logIn }));
await lastValueFrom(notified$, { defaultValue: undefined });
// A server without messages outside of calls refuses them.
const news = fromNews(url, session)
  .pipe(answering)
  .subscribe({ error: () => undefined });
const listed = (await call('tools/list')) as {
  readonly result?: { readonly tools: readonly { name: string }[] };
};
for (const { name } of listed.result?.tools ?? [])
  await call('tools/call', { name, arguments: { a: 1, b: 2 } });
news.unsubscribe();
