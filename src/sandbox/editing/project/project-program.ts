import { words } from '#words/editing/panel';
import type { RunFile } from '../../../protocol/messages.ts';
import type { Artefact, PluginLanguage, StreamKind } from '../../../protocol/sandbox-data.ts';
import type { Target } from '../../../protocol/toolchain.ts';
import { loadBytes, loadModule, type OnProgress } from '../../run/artefact-loader.ts';
import type { LoadProgress } from '../../run/load-program.ts';
import type { ProgramListener, ProgramSource } from '../../run/program-source.ts';
import type { RunProgram } from '../../run/run.ts';
import type { Toolchain } from '../toolchain-client.ts';
import { describeFailure, type BuildFailure } from '../build-words.ts';
import type { EditsPart } from './kept-edits.ts';
import type { Project } from './project.ts';
import type { ZipContents } from './project-zip.ts';

/** The plugin of a project. */
export type ProjectPlugin =
  /** Written in Go in the project; `prebuilt` is the example's own, all Go plugins in one, which picks by its first argument. */
  | { readonly kind: 'go'; readonly prebuilt: Artefact | undefined }
  /** A file of its own: built beforehand, assembled in the page, or the reader's. */
  | { readonly kind: 'file'; readonly load: (onProgress: OnProgress) => Promise<Uint8Array<ArrayBuffer>> };

/** What a project is about. */
export interface ProjectSubject {
  /** All example hosts in one, and the name it picks the project's by; undefined where there is no such host. */
  readonly host: { readonly example: string; readonly artefact: Artefact } | undefined;
  readonly plugin: ProjectPlugin;
  /** The plugin's file name, as the host sees it. */
  readonly pluginFile: string;
  /** What the example's host gives as stdin. */
  readonly stdin: StreamKind | undefined;
  /** For the timeline's heading. */
  readonly pluginName: string;
  /** What of it is kept by itself in the browser's storage. */
  readonly parts: readonly EditsPart[];
  /** Which host and plugin a link to this program names. */
  readonly link: { readonly host: string; readonly plugin: string };
  /** The plugin's source where it is shown, and can't be edited: C, for example. */
  readonly shown: { readonly path: string; readonly text: string } | undefined;
  /** The plugin as a download has it; undefined if there is none yet. */
  readonly download: () => ZipContents['plugin'] | undefined;
}

/** A program that could not be built; its message is one sentence for the state line. */
export class ProjectBuildError extends Error {
  override readonly name = 'ProjectBuildError';
  readonly failure: BuildFailure;

  constructor(failure: BuildFailure) {
    super(failure.sentence);
    this.failure = failure;
  }
}

/** What a project's program needs of the page. */
export interface ProjectProgramOptions {
  readonly project: Project;
  readonly subject: ProjectSubject;
  /** The Go toolchain, opened when it is first asked for. */
  readonly toolchain: () => Promise<Toolchain>;
  /** Listens to what the toolchain fetches; undefined ends it. */
  readonly onFetch: (listener: ((loaded: LoadProgress) => void) | undefined) => void;
  /** A target was built, or could not be. */
  readonly onBuilt: (target: Target, failure: BuildFailure | undefined) => void;
}

interface Built<T> {
  readonly sources: string;
  readonly result: T;
}

/**
 * A project as a program: what is unchanged comes as it was built beforehand, what is changed is compiled and linked here. A
 * plugin of a host that is changed is built on its own, since the one that was built beforehand picks its example by an
 * argument that this host may not give it.
 */
export class ProjectProgram implements ProgramSource {
  readonly #options: ProjectProgramOptions;
  #host: Built<WebAssembly.Module> | undefined;
  #plugin: Built<Uint8Array<ArrayBuffer>> | undefined;

  constructor(options: ProjectProgramOptions) {
    this.#options = options;
  }

  get pluginName(): string {
    const { project, subject } = this.#options;
    return project.isChanged('plugin') ? words.edited(subject.pluginName) : subject.pluginName;
  }

  get stdin(): StreamKind | undefined {
    // What an edited host does, nobody knows beforehand.
    return this.#options.project.isChanged('host') ? undefined : this.#options.subject.stdin;
  }

  async load(_language: PluginLanguage, listener: ProgramListener): Promise<RunProgram> {
    const { subject } = this.#options;
    const prebuilt = this.#prebuiltHost;
    const { module, argv0 } = prebuilt
      ? {
          module: await loadModule(prebuilt.artefact, progressOf(prebuilt.artefact, listener)),
          argv0: prebuilt.example,
        }
      : { module: await this.#buildHost(listener), argv0: 'host' };
    const bytes = await this.#loadPlugin(listener);
    const files: readonly RunFile[] = [{ name: subject.pluginFile, bytes }];
    return { module, argv: [argv0, subject.pluginFile], files };
  }

  get #prebuiltHost(): ProjectSubject['host'] {
    const { project, subject } = this.#options;
    return project.isChanged('host') ? undefined : subject.host;
  }

  async #loadPlugin(listener: ProgramListener): Promise<Uint8Array<ArrayBuffer>> {
    const { project, subject } = this.#options;
    const { plugin } = subject;
    if (plugin.kind === 'file') {
      try {
        const bytes = await plugin.load((arrived) =>
          listener.onProgress({ bytes: arrived, of: arrived, wire: arrived }),
        );
        this.#options.onBuilt('plugin', undefined);
        return bytes;
      } catch (error) {
        if (error instanceof ProjectBuildError) this.#options.onBuilt('plugin', error.failure);
        throw error;
      }
    }
    const picksByArgument = this.#prebuiltHost !== undefined;
    if (plugin.prebuilt !== undefined && picksByArgument && !project.isChanged('plugin')) {
      return loadBytes(plugin.prebuilt, progressOf(plugin.prebuilt, listener));
    }
    const sources = JSON.stringify(project.sourcesOf('plugin'));
    if (this.#plugin?.sources !== sources) {
      this.#plugin = { sources, result: await this.#build('plugin', listener) };
    }
    return this.#plugin.result;
  }

  async #buildHost(listener: ProgramListener): Promise<WebAssembly.Module> {
    const sources = JSON.stringify(this.#options.project.sourcesOf('host'));
    if (this.#host?.sources !== sources) {
      const wasm = await this.#build('host', listener);
      this.#host = { sources, result: await WebAssembly.compile(wasm) };
    }
    return this.#host.result;
  }

  async #build(target: Target, listener: ProgramListener): Promise<Uint8Array<ArrayBuffer>> {
    const { project, toolchain, onFetch, onBuilt } = this.#options;
    listener.onStep(words.targets[target].compiling);
    onFetch(listener.onProgress);
    try {
      const go = await toolchain();
      const result = await go.build(target, project.sourcesOf(target), listener.signal);
      if (result.kind === 'built') {
        onBuilt(target, undefined);
        return result.wasm;
      }
      const failure = describeFailure(target, result);
      onBuilt(target, failure);
      throw new ProjectBuildError(failure);
    } finally {
      onFetch(undefined);
    }
  }
}

function progressOf(artefact: Artefact, listener: ProgramListener): OnProgress {
  return (bytes) => listener.onProgress({ bytes, of: artefact.bytes, wire: artefact.wire });
}
