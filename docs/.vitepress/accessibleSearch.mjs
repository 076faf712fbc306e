/** Parts of the search box with controls within a control, which assistive technology cannot reach. */
const CHANGES = [
  [
    `      role="button"
      :aria-owns="results?.length ? 'localsearch-list' : undefined"
      aria-expanded="true"
      aria-haspopup="listbox"
`,
    `      role="dialog"
      aria-modal="true"
`,
  ],
  [
    `            :id="'localsearch-item-' + index"
            :aria-selected="selectedIndex === index ? 'true' : 'false'"
            role="option"
          >`,
    `            role="presentation"
          >`,
  ],
  [
    `              :aria-label="[...p.titles, p.title].join(' > ')"`,
    `              :id="'localsearch-item-' + index"
              :aria-selected="selectedIndex === index ? 'true' : 'false'"
              role="option"`,
  ],
  ['<kbd :aria-label=', '<kbd role="img" :aria-label='],
  ['<span class="title-icon">#</span>', '<span class="title-icon" aria-hidden="true">#</span>'],
];

/** Makes the search box a dialog, and the link of a result the option, with its text as its name. */
export function accessibleSearch() {
  return {
    name: 'accessible-search',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('VPLocalSearchBox.vue')) return undefined;
      return CHANGES.reduce((text, [before, after]) => {
        if (!text.includes(before)) throw new Error(`VitePress has another search box now: ${before}`);
        return text.replaceAll(before, after);
      }, code);
    },
  };
}
