import type { Artefact, PluginLanguage, StreamKind } from './sandbox-data.ts';

/** A plugin of an example, with its source. */
export interface PlaygroundPlugin {
  readonly artefact: Artefact;
  readonly source: string;
}

/** An example as the playground offers it. */
export interface PlaygroundExample {
  readonly title: string;
  readonly summary: string;
  /** The host's source, without the marks of regions. */
  readonly host: string;
  readonly pluginFile: string;
  readonly plugins: Readonly<Partial<Record<PluginLanguage, PlaygroundPlugin>>>;
  readonly stdin?: StreamKind;
}

/** All that the playground can start from: `/playground/examples.json`, fetched when something is chosen there. */
export interface PlaygroundData {
  /** All example hosts, linked into one wasm. */
  readonly host: Artefact;
  /** By the example's name. */
  readonly examples: Readonly<Record<string, PlaygroundExample>>;
}
