import { z } from 'zod';

/** The part of a chunk of a chat completion that a client reads. Azure sends choices without a `delta`. */
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).nullish() })),
});

/** The text in the `data` of a message; empty where it has none, as in the first and the last. */
export const contentOf = (data: string): string =>
  chunkSchema.parse(JSON.parse(data)).choices[0]?.delta?.content ?? '';
