import type { PlaygroundData, PlaygroundExample, PlaygroundPlugin } from '../protocol/playground-data.ts';
import type { PluginLanguage } from '../protocol/sandbox-data.ts';
import { ExampleError } from './example-error.ts';
import {
  listExamples,
  loadExample,
  sandboxDataOf,
  type Example,
  type ExampleSource,
  type LoadOptions,
} from './load-example.ts';

/** The examples that run in the page, in alphabetical order of their titles. */
export function playgroundExamples(options: LoadOptions = {}): readonly Example[] {
  return listExamples(options)
    .map((name) => loadExample(name, options))
    .filter(({ manifest }) => manifest.runsIn.includes('page'))
    .sort((a, b) => a.manifest.title.localeCompare(b.manifest.title, 'en'));
}

function textOf(source: ExampleSource | undefined): string {
  return (source?.lines ?? []).map(({ text }) => `${text}\n`).join('');
}

/**
 * What the playground can start from.
 * @param base Astro's base path
 * @throws ExampleError if an example is not whole
 */
export function loadPlayground(base: string, options: LoadOptions = {}): PlaygroundData {
  const examples = playgroundExamples(options);
  const first = examples[0];
  if (first === undefined) throw new ExampleError('examples', 'expected an example that runs in the page, found none');
  const entryOf = (example: Example): PlaygroundExample => {
    const data = sandboxDataOf(example, base, options);
    const sourceOf = (role: ExampleSource['role']): string =>
      textOf(example.sources.find((source) => source.role === role));
    const plugins: Partial<Record<PluginLanguage, PlaygroundPlugin>> = {};
    for (const language of example.manifest.plugins) {
      const artefact = data.plugins[language];
      if (artefact !== undefined) plugins[language] = { artefact, source: sourceOf(language) };
    }
    const { title, summary, stdin } = example.manifest;
    return {
      title,
      summary,
      host: sourceOf('host'),
      pluginFile: data.pluginFile,
      plugins,
      ...(stdin !== undefined && { stdin }),
    };
  };
  return {
    host: sandboxDataOf(first, base, options).host,
    examples: Object.fromEntries(examples.map((example) => [example.name, entryOf(example)])),
  };
}
