/** The address of a service for models, and the name of the model. */
export interface ChatService {
  /** Up to where the path of the API begins, such as `https://api.openai.com/v1`. */
  baseUrl: string;
  apiKey: string;
  model: string;
}

export const completionsOf = ({ baseUrl }: Pick<ChatService, 'baseUrl'>): string =>
  `${baseUrl}/chat/completions`;

/** The request that has a question answered, piece by piece. */
export const questionTo = (
  { apiKey, model }: ChatService,
  question: string,
): Omit<RequestInit, 'signal'> => ({
  method: 'POST',
  headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: question }] }),
});
