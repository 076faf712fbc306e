import { element } from './element';

/**
 * Enables buttons, by id, and disables the others that are named. A button that is disabled loses the focus, and who
 * came by keyboard would start over at the top: it goes to the first of those that are enabled, else to `otherwise`.
 */
export function enable(buttons: Readonly<Record<string, boolean>>, otherwise: HTMLElement): void {
  const focused = document.activeElement?.id ?? '';
  const all = Object.entries(buttons).map(([id, enabled]) => ({
    enabled,
    button: element(id, HTMLButtonElement),
  }));
  for (const { button, enabled } of all) button.disabled = !enabled;
  if (buttons[focused] === false) (all.find(({ enabled }) => enabled)?.button ?? otherwise).focus();
}
