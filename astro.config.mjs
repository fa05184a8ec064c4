import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import starlightLinksValidator from 'starlight-links-validator';
import { withoutHash } from './scripts/artefact-names.ts';
import { basePath, prefixLinks } from './scripts/base-path.ts';
import { searchIndex } from './scripts/search-index.ts';
import { wordsTable } from './scripts/words-table.ts';

// Where "Edit this page" leads: a folder's address on a forge. Without it there is no such link.
const editUrl = process.env.EDIT_URL;

/** Modules of `src/sandbox/` that come with a page, by file; see `scripts/weight.ts` for what that costs. */
const withThePage = {
  // Also where there is no sandbox.
  'with-the-page': 'copying/enable-copying|element/stdin-form',
  'with-sandboxes':
    'chips/show-chip|element/(?:define-sandbox|edit-opener|sandbox-element|sandbox-parts)|language/[a-z-]+|' +
    'lessons/(?:define-lessons-when-near|place-challenges|show-variant)|panes/(?:fold|panel|source)-[a-z]+|trace/(?:sandbox-near|trace-event)',
};
const groups = Object.entries(withThePage).map(([name, files]) => ({
  name,
  test: new RegExp(`/src/sandbox/(?:${files})\\.ts$`, 'u'),
}));

export default defineConfig({
  // Where the site is published. Only canonical links and the sitemap need it, so a build without it is whole.
  site: process.env.SITE_URL ?? 'https://block-or-eof.example',
  // BASE_PATH=/docs/streams/ for a folder of a domain.
  base: basePath,
  markdown: { processor: satteri({ hastPlugins: [prefixLinks(basePath)] }) },
  vite: {
    plugins: [
      ...wordsTable(),
      {
        name: 'artefacts-without-hash',
        configureServer: ({ middlewares }) => {
          middlewares.use((request, _response, next) => {
            request.url = withoutHash(request.url ?? '');
            next();
          });
        },
      },
    ],
    // What every sandbox has before a run comes in two files: in several small ones, a quarter would be headers.
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
    // What only workers and the editor import. The development server would find these when they are first needed, make them
    // anew, and load the page again: the first Run on a fresh checkout was lost.
    optimizeDeps: {
      include: [
        '@bjorn3/browser_wasi_shim',
        ...['commands', 'lang-go', 'language', 'lint', 'merge', 'search', 'state', 'view'].map(
          (part) => `@codemirror/${part}`,
        ),
        '@lezer/highlight',
        'fflate',
        'wabt',
      ],
    },
  },
  integrations: [
    starlight({
      title: 'Block or EOF?',
      description: 'See when a WebAssembly plugin’s read waits and when it says EOF, with real wazero in the page.',
      favicon: '/favicon.svg',
      customCss: ['tokens', 'site', 'source', 'copying', 'transcript', 'sandbox', 'states', 'playground'].map(
        (name) => `./src/styles/${name}.css`,
      ),
      components: {
        Head: './src/components/site/Head.astro',
        Search: './src/components/site/Search.astro',
        SiteTitle: './src/components/site/SiteTitle.astro',
        ThemeProvider: './src/components/site/ThemeProvider.astro',
        Hero: './src/components/site/Hero.astro',
        Footer: './src/components/site/Footer.astro',
      },
      // Every piece of code on a page is a listing out of examples/, drawn by src/components/source/Listing.astro.
      expressiveCode: false,
      // The column that a table of contents takes is worth more to a sandbox.
      tableOfContents: false,
      credits: false,
      // The search and its index are the site's own, see src/search/.
      pagefind: false,
      // From git; a build without a history has no dates.
      lastUpdated: true,
      ...(editUrl !== undefined && { editLink: { baseUrl: editUrl } }),
      plugins: [starlightLinksValidator()],
      sidebar: [
        {
          label: 'Start',
          items: [{ label: 'Home', link: '/' }, { slug: 'fix-it-now' }, { slug: 'watch-it-block' }],
        },
        {
          label: 'Learn',
          items: [
            { slug: 'the-symptom' },
            { slug: 'what-a-read-can-say' },
            { slug: 'buffers-end', badge: { text: 'ended', class: 'badge-ended' } },
            { slug: 'pipes-wait', badge: { text: 'waiting', class: 'badge-waiting' } },
            { slug: 'system-streams' },
            { slug: 'two-pipes' },
            { slug: 'order-of-events' },
            { slug: 'capturing-output' },
            { slug: 'never-wait-for-ever' },
            { slug: 'messages-over-bytes' },
            { slug: 'one-plugin-one-thread' },
            { slug: 'how-wazero-adapts' },
            { slug: 'streams-of-your-own' },
            { slug: 'when-stdout-is-a-file' },
            { slug: 'reactors' },
            { slug: 'once-for-each-request' },
          ],
        },
        { slug: 'playground' },
        {
          label: 'Reference',
          items: [
            { slug: 'reference/stream-matrix' },
            { slug: 'reference/which-stream' },
            { slug: 'troubleshooting' },
            { slug: 'reference/errors' },
            { slug: 'reference/wasi-calls' },
            { slug: 'reference/other-hosts' },
            { slug: 'reference/compared-with-linux' },
            { slug: 'reference/glossary' },
          ],
        },
        {
          label: 'About',
          items: [{ slug: 'how-this-site-works' }, { slug: 'what-was-verified' }, { slug: 'what-ran-where' }],
        },
      ],
    }),
    searchIndex(),
  ],
});
