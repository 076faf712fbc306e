import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import llmstxt from 'vitepress-plugin-llms';
import { site } from '../../examples/demo/dashboard/server/site.ts';
import { accessibleSearch } from './accessibleSearch.mjs';
import { marbleFences } from './marbles/marbleFences.ts';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const { repository } = read('../../package.json');
/** The page of the repository, once `npm run release -- repository` has set it. */
const sources = repository?.url.replace(/^git\+|\.git$/g, '');
const source = (path) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
/** `typedoc` writes the sidebar of the API before the site is built. */
const api = read('../api/typedoc-sidebar.json').map((entry) => ({
  ...entry,
  text: entry.text === 'index' ? 'rxjs-http-streams' : `rxjs-http-streams/${entry.text}`,
  // A group with a link is not a button around another button.
  items: entry.items.map((group) => ({
    ...group,
    link: `${entry.link}#${group.text.toLowerCase().replace(' ', '-')}`,
  })),
}));

const sidebar = [
  {
    text: 'Start',
    items: [
      { text: 'Do I need it?', link: '/start/overview' },
      { text: 'A first stream', link: '/start/first-stream' },
      { text: 'Requirements', link: '/start/requirements' },
      { text: 'Important defaults', link: '/start/defaults' },
      { text: 'Which format', link: '/start/formats' },
    ],
  },
  {
    text: 'Try it',
    items: [
      { text: 'A server in marbles', link: '/live/marbles' },
      { text: 'Cut the network', link: '/live/resume' },
      { text: 'Slow a consumer down', link: '/live/back-pressure' },
    ],
  },
  {
    text: 'Read',
    items: [
      { text: 'Server-Sent Events', link: '/read/server-sent-events' },
      { text: 'NDJSON', link: '/read/ndjson' },
      { text: 'Text and bytes', link: '/read/text-and-bytes' },
      { text: 'Answers of a language model', link: '/read/chat' },
      { text: 'Auth and headers', link: '/read/auth-and-headers' },
      { text: 'State of the connection', link: '/read/connection-state' },
      { text: 'Slow consumers', link: '/read/back-pressure' },
      { text: 'How a stream ends', link: '/read/errors-and-ends' },
      { text: 'Handle errors', link: '/read/errors' },
    ],
  },
  {
    text: 'Serve',
    items: [
      { text: 'A first endpoint', link: '/serve/first-endpoint' },
      { text: 'Feeds', link: '/serve/feeds' },
      { text: 'Durable answers', link: '/serve/durable-answers' },
      { text: 'Many servers', link: '/serve/many-servers' },
      { text: 'Engines: Redis, Postgres', link: '/engines' },
      { text: 'Slow clients', link: '/serve/slow-clients' },
      { text: 'When a source fails', link: '/serve/failures' },
      { text: 'Proxies, time-outs, CORS', link: '/serve/deployment' },
      { text: 'A deploy without a loss', link: '/serve/deploys' },
      {
        text: 'Servers and frameworks',
        link: '/serve/servers',
        items: [
          { text: 'Node', link: '/serve/node' },
          { text: 'Express, Fastify, Koa', link: '/serve/express-fastify-koa' },
          { text: 'Hono, h3', link: '/serve/hono-h3' },
          { text: 'NestJS', link: '/serve/nest' },
          { text: 'Next', link: '/serve/next' },
          { text: "Angular's server", link: '/serve/angular-server' },
          { text: 'Bun, Deno, workers', link: '/serve/bun-deno-workers' },
        ],
      },
    ],
  },
  {
    text: 'Use with',
    items: [
      { text: 'Angular', link: '/use-with/angular' },
      { text: 'RxJS operators', link: '/use-with/rxjs' },
      { text: 'Node pipelines', link: '/use-with/node' },
      { text: 'Uploads with results', link: '/use-with/uploads' },
      { text: 'Compression', link: '/use-with/compression' },
      { text: 'OpenTelemetry', link: '/use-with/opentelemetry' },
      { text: 'React', link: '/use-with/react' },
      { text: 'Vue', link: '/use-with/vue' },
      { text: 'Svelte', link: '/use-with/svelte' },
      { text: 'for await, EventTarget, Observable', link: '/use-with/adapters' },
      { text: 'The command line', link: '/use-with/command-line' },
      { text: 'Protocols of models', link: '/use-with/protocols-ai' },
      { text: 'Protocols of the web', link: '/use-with/protocols-web' },
    ],
  },
  {
    text: 'Test',
    items: [
      { text: 'Marble tests', link: '/test/marbles' },
      { text: 'Limits of virtual time', link: '/test/virtual-time' },
      { text: 'Set-up of test runners', link: '/test/set-up' },
      { text: 'msw and real servers', link: '/test/servers' },
    ],
  },
  {
    text: 'Move here from',
    items: [
      { text: 'EventSource', link: '/move/event-source' },
      { text: 'eventsource (npm)', link: '/move/eventsource-package' },
      { text: 'fetch-event-source', link: '/move/fetch-event-source' },
      { text: 'ngx-sse-client', link: '/move/ngx-sse-client' },
      { text: 'HttpClient', link: '/move/http-client' },
      { text: 'from(response.body)', link: '/move/from-body' },
      { text: 'better-sse, streamSSE', link: '/move/better-sse' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Functions', link: '/reference/functions' },
      { text: 'Options A–Z', link: '/reference/options' },
      { text: 'Errors A–Z', link: '/reference/errors' },
      { text: 'Runtimes', link: '/reference/runtimes' },
      { text: 'Sizes', link: '/reference/sizes' },
      { text: 'Benchmarks', link: '/reference/benchmarks' },
      { text: 'Comparison', link: '/reference/comparison' },
      { text: 'API', link: '/api/', collapsed: true, items: api },
    ],
  },
  {
    text: 'Trust',
    items: [
      { text: 'Security model', link: '/trust/security' },
      { text: 'Report a vulnerability', link: '/trust/security-policy' },
      { text: 'How it is tested', link: '/trust/how-it-is-tested' },
      { text: 'Mutation testing', link: '/trust/mutation' },
      { text: 'Limits', link: '/trust/limits' },
      { text: 'Versions and support', link: '/trust/support' },
      { text: 'Troubleshooting', link: '/trust/troubleshooting' },
      { text: 'FAQ', link: '/trust/faq' },
      { text: 'Changelog', link: '/trust/changelog' },
    ],
  },
];

export default defineConfig({
  title: 'rxjs-http-streams',
  description: 'Observables over HTTP: Server-Sent Events, NDJSON and text, in and out.',
  cleanUrls: true,
  // A first visit loads its page, and not those of all links in sight.
  router: { prefetchLinks: false },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }],
    ['meta', { name: 'theme-color', content: '#3451b2' }],
    ['meta', { property: 'og:type', content: 'website' }],
    ['meta', { property: 'og:site_name', content: 'rxjs-http-streams' }],
  ],
  transformHtml: (code) =>
    code.includes('<main') ? undefined : code.replace('id="VPContent"', 'id="VPContent" role="main"'),
  transformHead: ({ pageData, title, description }) => [
    ['meta', { property: 'og:title', content: title }],
    ['meta', { property: 'og:description', content: pageData.description || description }],
    // Absolute addresses, which need the address of the site.
    ...(site
      ? [
          [
            'meta',
            {
              property: 'og:url',
              content: new URL(pageData.relativePath.replace(/(index)?\.md$/, ''), site).href,
            },
          ],
          ['meta', { property: 'og:image', content: new URL('demo.jpg', site).href }],
          ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
        ]
      : []),
  ],
  themeConfig: {
    // The name of a control begins with the text that it shows, which is 'Search ' and 'K'.
    search: {
      provider: 'local',
      options: {
        translations: {
          button: { buttonText: 'Search ', buttonAriaLabel: 'Search K, with Ctrl or Command' },
        },
      },
    },
    notFound: { linkLabel: 'Take me home' },
    nav: [
      { text: 'Guide', link: '/start/overview' },
      { text: 'Try it', link: '/live/marbles' },
      { text: 'API', link: '/api/' },
      { text: 'Limits', link: '/trust/limits' },
    ],
    sidebar,
    outline: 'deep',
  },
  markdown: {
    // The default themes have colours with too little contrast on the background of a block.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    config(md) {
      marbleFences(md);
      // An empty cell in the head of a table is not a header.
      md.core.ruler.push('empty-header', ({ tokens }) => {
        tokens.forEach((token, index) => {
          if (token.type !== 'th_open' || tokens[index + 1].content !== '') return;
          token.tag = 'td';
          tokens[index + 2].tag = 'td';
        });
      });
      const render = md.renderer.rules.link_open;
      md.renderer.rules.link_open = (tokens, index, options, env, self) => {
        const token = tokens[index];
        const href = token.attrGet('href') ?? '';
        const [, path] = /^(?:\.\.\/)+((?:examples|spec|src)\/.*)$/.exec(href) ?? [];
        // The site has pages alone: a link to a source leads to the repository, where its address is known.
        if (path !== undefined) token.attrSet('href', sources ? `${sources}/blob/main/${path}` : '#');
        return render ? render(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
      };
    },
  },
  vite: {
    plugins: [accessibleSearch(), llmstxt()],
    // The live pages run the library of this commit.
    resolve: {
      alias: [
        { find: 'rxjs-http-streams/testing', replacement: source('testing.ts') },
        { find: 'rxjs-http-streams', replacement: source('index.ts') },
      ],
    },
  },
});
