/**
 * The build's view of `examples/`: everything that a listing, a transcript or a sandbox shows, read from the files that
 * also run natively. Nothing is cached, so that the development server shows what is on disk.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE_ENDINGS } from '../protocol/plugin-languages.ts';
import type { Artefact, SandboxData } from '../protocol/sandbox-data.ts';
import {
  parseTranscript,
  TranscriptError,
  variantsOfTranscript,
  type TranscriptStep,
  type TranscriptVariant,
} from '../protocol/transcript.ts';
import { ExampleError } from './example-error.ts';
import {
  parseArtefactManifest,
  parseExampleManifest,
  publishedName,
  type ArtefactManifest,
  type ExampleManifest,
} from './example-manifest.ts';
import { callsExports, hostSourceOf, pipesStdout } from './host-wiring.ts';
import { parseSourceLines, type SourceLine } from './source-regions.ts';
import { wireSize } from './wire-size.ts';

/** A language that a plugin of an example can be written in. */
export type ExamplePluginLanguage = ExampleManifest['plugins'][number];

/** What a source that a page shows can be written in. */
export type SourceLanguage = ExamplePluginLanguage | 'typescript' | 'python';

/** A source file, as a page shows it. */
export interface ShownSource {
  /** Its path, e.g. `host/main.go`. */
  readonly file: string;
  /** Language to highlight it as. */
  readonly language: SourceLanguage;
  readonly lines: readonly SourceLine[];
}

/** One source file of an example. */
export interface ExampleSource extends ShownSource {
  /** Whose source it is: the host's, or the plugin's in this language. */
  readonly role: 'host' | ExamplePluginLanguage;
  /** Path below the example, e.g. `host/main.go`. */
  readonly file: string;
  /** Language to highlight it as. */
  readonly language: ExamplePluginLanguage;
  readonly lines: readonly SourceLine[];
}

/** An example, complete and consistent. */
export interface Example {
  readonly name: string;
  readonly manifest: ExampleManifest;
  /** The host's source, then the plugin's in each of its languages. */
  readonly sources: readonly ExampleSource[];
  readonly transcript: readonly TranscriptStep[];
  /** What differs from the transcript under other conditions. */
  readonly variants: readonly TranscriptVariant[];
}

/** Where to read, and who asks. */
export interface LoadOptions {
  /** The project's folder; by default the working directory, which is where npm runs scripts. */
  readonly root?: string;
  /** The page that asks, for messages. */
  readonly askedBy?: string;
}

/** Names of all examples, in alphabetical order: the folders of `examples/` that have an `example.json`. */
export function listExamples(options: LoadOptions = {}): string[] {
  const folder = join(options.root ?? process.cwd(), 'examples');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'example.json')))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads one example.
 * @throws ExampleError if there is none of this name, or a file of it is missing or wrong; it names the file
 */
export function loadExample(name: string, options: LoadOptions = {}): Example {
  const names = listExamples(options);
  if (!names.includes(name)) {
    throw new ExampleError(
      options.askedBy ?? 'loadExample',
      `unknown example ${JSON.stringify(name)}; the examples are ${names.join(', ')}`,
    );
  }
  const folder = `examples/${name}`;
  const manifest = parseExampleManifest(read(`${folder}/example.json`, options), `${folder}/example.json`);

  const sourceOf = (role: ExampleSource['role'], file: string, language: ExamplePluginLanguage): ExampleSource => ({
    role,
    file,
    language,
    lines: parseSourceLines(read(`${folder}/${file}`, options), `${folder}/${file}`),
  });
  const sources = [
    sourceOf('host', 'host/main.go', 'go'),
    ...manifest.plugins.map((language) => sourceOf(language, `plugin/main.${SOURCE_ENDINGS[language]}`, language)),
  ];

  checkCause(folder, manifest, sources);
  return { name, manifest, sources, ...loadTranscript(name, options) };
}

/** A host that is at fault marks where; one that is right has nothing to mark. */
function checkCause(folder: string, { fault }: ExampleManifest, sources: readonly ExampleSource[]): void {
  const marked = sources.some(
    ({ role, lines }) => role === 'host' && lines.some(({ regions }) => regions.has('cause')),
  );
  if (marked && fault === undefined) {
    throw new ExampleError(`${folder}/example.json`, 'expected the key "fault", since the host has a region "cause"');
  }
  if (!marked && fault !== undefined) {
    throw new ExampleError(
      `${folder}/host/main.go`,
      `expected "// #region cause" around the lines that are at fault (${fault}), found none`,
    );
  }
}

/**
 * Finds one file of an example.
 * @throws ExampleError if the example has no such file; it names those there are
 */
export function findSource(example: Example, file: string, askedBy: string): ExampleSource {
  const source = example.sources.find((candidate) => candidate.file === file);
  if (source !== undefined) return source;
  const files = example.sources.map((candidate) => candidate.file).join(', ');
  throw new ExampleError(
    askedBy,
    `unknown file ${JSON.stringify(file)} of example ${JSON.stringify(example.name)}; its files are ${files}`,
  );
}

/**
 * Reads a Go file of this project that is no example's.
 * @param file path below the project's folder; a `.go.txt` is Go too
 * @param declaration a `var`, `type` or `func` of that name, up to the line with its last brace; without it, the whole file
 * @throws ExampleError if there is no such file, or no such declaration
 */
export function loadProjectSource(
  file: string,
  declaration: string | undefined,
  options: LoadOptions = {},
): ExampleSource {
  const askedBy = options.askedBy ?? 'loadProjectSource';
  if (!/\.go(?:\.txt)?$/u.test(file)) throw new ExampleError(askedBy, `expected a Go file, found ${file}`);
  const lines = parseSourceLines(read(file, options), file);
  if (declaration === undefined) return { role: 'host', file, language: 'go', lines };
  const first = lines.findIndex(({ text }) => new RegExp(`^(?:var|type|func) ${declaration}\\b`, 'u').test(text));
  const last = lines.findIndex(({ text }, index) => index > first && text === '}');
  if (first === -1 || last === -1) {
    throw new ExampleError(
      askedBy,
      `expected a declaration of ${declaration}, of several lines, in ${file}, found none`,
    );
  }
  return { role: 'host', file, language: 'go', lines: lines.slice(first, last + 1) };
}

/**
 * What the page hands the sandbox element.
 * @param base Astro's base path
 * @throws ExampleError if an artefact is missing from `public/wasm/manifest.json`
 */
export function sandboxDataOf(example: Example, base: string, options: LoadOptions = {}): SandboxData {
  const artefacts = loadArtefacts(options);
  const root = options.root ?? process.cwd();
  const source = hostSourceOf(example);
  const artefact = (key: string): Artefact => {
    const entry = artefacts.artefacts[key];
    if (entry === undefined) {
      throw new ExampleError(
        artefactManifestFile,
        `expected an artefact ${JSON.stringify(key)} for the example "${example.name}"; npm run wasm builds it`,
      );
    }
    return {
      url: `${base.replace(/\/$/u, '')}/wasm/${publishedName(entry)}`,
      bytes: entry.bytes,
      wire: wireSize(entry, root),
    };
  };
  const plugins: Partial<Record<ExamplePluginLanguage, Artefact>> = {};
  for (const language of example.manifest.plugins) {
    const own = `${example.name}.${language}`;
    // All Go plugins are one program, but for those whose functions the host calls.
    plugins[language] = artefact(language === 'go' && artefacts.artefacts[own] === undefined ? 'plugins-go' : own);
  }
  return {
    example: example.name,
    pluginFile: `${example.name}.wasm`,
    host: artefact('hosts'),
    plugins,
    wazero: artefacts.wazero,
    ...(example.manifest.stdin !== undefined && { stdin: example.manifest.stdin }),
    readsStdin: example.manifest.readsStdin,
    pipesStdout: pipesStdout(source),
    endsByItself: !callsExports(source) && example.manifest.timed !== true,
    transcript: example.transcript,
  };
}

/** Release of wazero that is in the hosts, e.g. `v1.12.0`. */
export function wazeroVersion(options: LoadOptions = {}): string {
  return loadArtefacts(options).wazero;
}

/** The toolchains of the published artefacts. */
export function loadToolchains(options: LoadOptions = {}): Pick<ArtefactManifest, 'wazero' | 'go' | 'clang' | 'rust'> {
  return loadArtefacts(options);
}

const artefactManifestFile = 'public/wasm/manifest.json';

function loadArtefacts(options: LoadOptions): ArtefactManifest {
  return parseArtefactManifest(read(artefactManifestFile, options), artefactManifestFile);
}

function loadTranscript(name: string, options: LoadOptions): Pick<Example, 'transcript' | 'variants'> {
  const file = `examples/${name}/transcript.txt`;
  const expected = `host ${name}.wasm`;
  try {
    const source = read(file, options);
    const transcript = parseTranscript(source);
    const command = transcript[0]?.kind === 'command' ? transcript[0].text : '';
    if (command !== expected) {
      throw new ExampleError(`${file}:1`, `expected the command "$ ${expected}", found "$ ${command}"`);
    }
    return { transcript, variants: variantsOfTranscript(source) };
  } catch (cause) {
    if (!(cause instanceof TranscriptError)) throw cause;
    throw new ExampleError(file, cause.message, { cause });
  }
}

function read(file: string, options: LoadOptions): string {
  try {
    return readFileSync(join(options.root ?? process.cwd(), file), 'utf8');
  } catch (cause) {
    throw new ExampleError(file, 'expected this file; npm run examples and npm run wasm make those that are made', {
      cause,
    });
  }
}
