import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import { ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  EmptyResultSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { ContentBlock, GetPromptResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

const BYTES = Buffer.from('bytes').toString('base64');
const image: ContentBlock = { type: 'image', data: BYTES, mimeType: 'image/png' };
const audio: ContentBlock = { type: 'audio', data: BYTES, mimeType: 'audio/wav' };
const text = (value: string): ContentBlock => ({ type: 'text', text: value });
const resource = (uri: string): ContentBlock => ({
  type: 'resource',
  resource: { uri, mimeType: 'text/plain', text: 'A text' },
});

/** Contents of the tools that the public conformance scenarios call, by the names of the tools. */
const TOOLS: Readonly<Record<string, ContentBlock[]>> = {
  test_image_content: [image],
  test_audio_content: [audio],
  test_embedded_resource: [resource('test://embedded-resource')],
  test_multiple_content_types: [text('Several'), image, resource('test://mixed-content-resource')],
};

const values = ['value1', 'value2', 'value3'];
const titled = values.map((value) => ({ const: value, title: `The ${value}` }));

/** Schemas of the tools that ask the user of the client, by the names of the tools. */
const FORMS = {
  test_elicitation_sep1034_defaults: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
  test_elicitation_sep1330_enums: {
    untitledSingle: { type: 'string', enum: values },
    titledSingle: { type: 'string', oneOf: titled },
    legacyEnum: { type: 'string', enum: values, enumNames: titled.map(({ title }) => title) },
    untitledMulti: { type: 'array', items: { type: 'string', enum: values } },
    titledMulti: { type: 'array', items: { anyOf: titled } },
  },
} as const;

/** Adds the tools, resources and prompts that the public conformance scenarios ask for. */
export function addContents(server: McpServer): void {
  for (const [name, content] of Object.entries(TOOLS))
    server.registerTool(name, { description: 'Answers with contents' }, () => ({ content }));
  for (const [name, properties] of Object.entries(FORMS))
    server.registerTool(name, { description: 'Asks the user' }, async ({ sendRequest }) => {
      const params = { message: 'Please fill in', requestedSchema: { type: 'object', properties } };
      const result = await sendRequest(
        { method: 'elicitation/create', params } as never,
        z.object({ action: z.string(), content: z.unknown() }),
      );
      return { content: [text(`Elicitation completed: ${JSON.stringify(result)}`)] };
    });

  const read = (uri: string, mimeType: string, content: { text: string } | { blob: string }) => ({
    contents: [{ uri, mimeType, ...content }],
  });
  server.registerResource('text', 'test://static-text', {}, () =>
    read('test://static-text', 'text/plain', { text: 'A text' }),
  );
  server.registerResource('binary', 'test://static-binary', {}, () =>
    read('test://static-binary', 'image/png', { blob: BYTES }),
  );
  server.registerResource('watched', 'test://watched-resource', {}, () =>
    read('test://watched-resource', 'text/plain', { text: 'A text' }),
  );
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  server.registerResource('template', template, {}, ({ href }, { id }) =>
    read(href, 'application/json', { text: JSON.stringify({ id }) }),
  );
  server.server.registerCapabilities({ resources: { subscribe: true } });
  for (const schema of [SubscribeRequestSchema, UnsubscribeRequestSchema] as const)
    server.server.setRequestHandler(schema, () => EmptyResultSchema.parse({}));

  const said = (...contents: readonly ContentBlock[]): GetPromptResult => ({
    messages: contents.map((content) => ({ role: 'user', content })),
  });
  const description = 'Answers with messages';
  server.registerPrompt('test_simple_prompt', { description }, () => said(text('A prompt')));
  server.registerPrompt('test_prompt_with_image', { description }, () => said(image));
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description, argsSchema: { arg1: completable(z.string(), () => ['hello']), arg2: z.string() } },
    ({ arg1, arg2 }) => said(text(`${arg1} ${arg2}`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description, argsSchema: { resourceUri: z.string() } },
    ({ resourceUri }) => said(resource(resourceUri)),
  );
}
