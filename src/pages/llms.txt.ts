/** `/llms.txt`: what the site has, for programs that read: each page's text, with one sentence. */
import { words } from '#words/pages/plain-text';
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';

export const GET: APIRoute = async ({ site }) => {
  const pages = (await getCollection('docs')).filter(({ id }) => id !== '404');
  const lines = pages
    .map(({ id, data }) => ({ name: id === '' ? 'index' : id, ...data }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, title, description }) =>
        `- [${title}](${new URL(`/${name}.txt`, site).href}): ${description ?? words.site.noDescription}`,
    );
  const text = [
    '# Block or EOF?',
    '',
    `> ${words.site.about}`,
    '',
    words.site.pages,
    '',
    `## ${words.site.heading}`,
    '',
    ...lines,
    '',
  ].join('\n');
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
