/** A part of the page, which has to be there. */
export function element<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} #${id}`);
}

/** Says something in a part of the page; nothing is touched that says it already. */
export function say(id: string, text: string): void {
  const part = element(id, HTMLElement);
  if (part.textContent !== text) part.textContent = text;
}

/** Marks a state as one to look at. */
export function mark(id: string, tone: 'good' | 'bad' | 'wait' | ''): void {
  element(id, HTMLElement).dataset.tone = tone;
}
