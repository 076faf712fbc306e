import * as z from 'zod';

/** A question, and the id under which the server keeps its answer. */
const questionSchema = z.object({ id: z.string(), text: z.string() });
export type Question = z.infer<typeof questionSchema>;

const KEY = 'question';

/** Keeps what was asked in this tab, for when the page is reloaded. */
export function keep(question: Question): Question {
  sessionStorage.setItem(KEY, JSON.stringify(question));
  return question;
}

/** Finds what was asked before the page was reloaded: `undefined` at the first visit, `null` after Stop. */
export function kept(): Question | null | undefined {
  const text = sessionStorage.getItem(KEY);
  return text === null ? undefined : questionSchema.nullable().safeParse(JSON.parse(text)).data;
}

/** Forgets what was asked. */
export const forget = (): void => {
  sessionStorage.setItem(KEY, 'null');
};
