import { z } from 'zod';

/** What a client has to know of a chunk of a chat completion. */
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })),
});

/** The text in the `data` of a message; empty where it has none, as in the first and the last. */
export const contentOf = (data: string): string =>
  chunkSchema.parse(JSON.parse(data)).choices[0]?.delta.content ?? '';
