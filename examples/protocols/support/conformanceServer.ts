import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { addContents } from './conformanceContents';

const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });

/** Makes a server with what the public conformance scenarios ask for. */
export function conformanceServer(): McpServer {
  const server = new McpServer({ name: 'conformance', version: '1' }, { capabilities: { logging: {} } });
  server.registerTool('test_simple_text', { description: 'Answers with a text' }, () =>
    text('This is a simple text response for testing.'),
  );
  server.registerTool('test_tool_with_logging', { description: 'Logs' }, async ({ sendNotification }) => {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed'])
      await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
    return text('Logged');
  });
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Reports progress' },
    async ({ sendNotification, _meta }) => {
      const progressToken = _meta?.progressToken;
      if (progressToken !== undefined)
        for (const progress of [0, 50, 100])
          await sendNotification({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100 },
          });
      return text('Reported');
    },
  );
  server.registerTool('test_error_handling', { description: 'Fails' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  server.registerTool(
    'test_sampling',
    { description: 'Asks a model of the client', inputSchema: { prompt: z.string() } },
    async ({ prompt }, { sendRequest }) => {
      const result = await sendRequest(
        {
          method: 'sampling/createMessage',
          params: { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 },
        },
        z.object({ content: z.object({ text: z.string() }) }),
      );
      return text(`LLM response: ${result.content.text}`);
    },
  );
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user of the client', inputSchema: { message: z.string() } },
    async ({ message }, { sendRequest }) => {
      const requestedSchema = {
        type: 'object' as const,
        properties: {
          username: { type: 'string' as const, description: "User's response" },
          email: { type: 'string' as const, description: "User's email address" },
        },
        required: ['username', 'email'],
      };
      const result = await sendRequest(
        { method: 'elicitation/create', params: { message, requestedSchema } },
        z.object({ action: z.string(), content: z.unknown() }),
      );
      return text(`User response: ${JSON.stringify(result)}`);
    },
  );
  addContents(server);
  return server;
}
