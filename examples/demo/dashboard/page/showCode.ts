const WIDE = matchMedia('(width >= 60rem)');

/** Opens the code that has room beside the panels of a wide screen. */
export function showCode(): void {
  for (const code of document.querySelectorAll<HTMLDetailsElement>('details[data-open=wide]'))
    code.open = WIDE.matches;
}
