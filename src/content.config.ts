import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';
import { listExamples, loadExample } from './examples/load-example.ts';

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  // Reads every example, so that a mistake in one that no page shows breaks the build too.
  examples: defineCollection({
    loader: () =>
      listExamples().map((name) => {
        const { title, summary } = loadExample(name).manifest;
        return { id: name, title, summary };
      }),
    schema: z.object({ title: z.string(), summary: z.string() }),
  }),
};
