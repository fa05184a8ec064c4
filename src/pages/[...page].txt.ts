/** Each page as plain text: `/the-symptom.txt`, and the home page as `/index.txt`. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection, type CollectionEntry } from 'astro:content';
import { plainText } from '../examples/plain-text.ts';

export const getStaticPaths = (async () =>
  (await getCollection('docs'))
    .filter(({ id }) => id !== '404')
    .map((entry) => ({
      params: { page: entry.id === '' ? 'index' : entry.id },
      props: { entry },
    }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ entry: CollectionEntry<'docs'> }> = ({ props: { entry }, url }) => {
  const { title, description } = entry.data;
  const text = plainText({ title, description, body: entry.body ?? '' }, { askedBy: url.pathname });
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
