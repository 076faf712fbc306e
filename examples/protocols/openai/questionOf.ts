/** Makes the request of a stream of OpenAI, or of a service that is compatible. */
export const questionOf = (params: object, apiKey: string) => ({
  method: 'POST',
  headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  body: JSON.stringify({ ...params, stream: true }),
});
