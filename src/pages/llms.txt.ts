/** `/llms.txt`: what the site has, for programs that read: each page's text, with one sentence. */
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';

export const GET: APIRoute = async ({ site }) => {
  const pages = (await getCollection('docs')).filter(({ id }) => id !== '404');
  const lines = pages
    .map(({ id, data }) => ({ name: id === '' ? 'index' : id, ...data }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, title, description }) =>
        `- [${title}](${new URL(`/${name}.txt`, site).href}): ${description ?? 'No description.'}`,
    );
  const text = [
    '# Block or EOF?',
    '',
    '> How a WebAssembly plugin’s stdin, stdout and stderr behave under wazero: when a read waits, when it says EOF, and why.',
    '',
    'Each page is here as plain text, with the recorded sessions and the sources of its examples.',
    '',
    '## Pages',
    '',
    ...lines,
    '',
  ].join('\n');
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
