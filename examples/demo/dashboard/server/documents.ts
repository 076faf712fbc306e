import { readFile } from 'node:fs/promises';
import type { Handler } from '../../../serving/handler';

const DOCS = new URL('../../../../docs/', import.meta.url);

/** Serves the pages of the documentation as the text that they are: `/docs/read/chat.md`. */
export const documents: Handler = async (request) => {
  const path = /^\/docs\/((?:[\w-]+\/)*[\w-]+\.md)$/.exec(new URL(request.url).pathname)?.[1];
  const text = path && (await readFile(new URL(path, DOCS), 'utf8').catch(() => undefined));
  return text
    ? new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
    : new Response('Not found.\n', { status: 404 });
};
