/** Each page's picture for links elsewhere: `/images/the-symptom.png`, and the home page's as `/images/index.png`. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import { pageImage } from '../../examples/page-image.ts';

export const getStaticPaths = (async () =>
  (await getCollection('docs')).map(({ id, data: { title } }) => ({
    params: { page: id === '' ? 'index' : id },
    props: { title },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ title: string }> = async ({ props: { title } }) =>
  new Response(await pageImage(title), { headers: { 'Content-Type': 'image/png' } });
