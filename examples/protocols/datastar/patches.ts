import type { SseMessageInit } from 'rxjs-http-streams';

const lines = (name: string, value: string): string[] => value.split('\n').map((line) => `${name} ${line}`);

const patch = (type: string, fields: Readonly<Record<string, string>>): SseMessageInit => ({
  type,
  data: Object.entries(fields)
    .flatMap(([name, value]) => lines(name, value))
    .join('\n'),
});

/** Puts elements into the page, by default in place of those with the same id. */
export const patchElements = (
  elements: string,
  options: Readonly<Record<string, string>> = {},
): SseMessageInit => patch('datastar-patch-elements', { ...options, elements });

/** Sets signals of the page, and removes those that are `null`. */
export const patchSignals = (signals: object): SseMessageInit =>
  patch('datastar-patch-signals', { signals: JSON.stringify(signals) });
