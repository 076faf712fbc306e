import DefaultTheme from 'vitepress/theme';
import type { Theme } from 'vitepress';
import { defineAsyncComponent } from 'vue';
import SiteLayout from './SiteLayout.vue';
import './site.css';
import './marbles.css';
import './live.css';

export default {
  extends: DefaultTheme,
  Layout: SiteLayout,
  enhanceApp({ app }) {
    // Loaded by the pages that have one, so that all others stay light.
    app.component(
      'LiveMarbles',
      defineAsyncComponent(() => import('./live/LiveMarbles.vue')),
    );
    app.component(
      'LiveResume',
      defineAsyncComponent(() => import('./live/LiveResume.vue')),
    );
    app.component(
      'LiveBackPressure',
      defineAsyncComponent(() => import('./live/LiveBackPressure.vue')),
    );
  },
} satisfies Theme;
