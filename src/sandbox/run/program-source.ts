import type { PluginLanguage, StreamKind } from '../../protocol/sandbox-data.ts';
import type { LoadProgress } from './load-program.ts';
import type { RunProgram } from './run.ts';

/** Hears of what a program is waiting for. */
export interface ProgramListener {
  readonly onProgress: (progress: LoadProgress) => void;
  /** In a few words for the state line, e.g. `compiling the host`. */
  readonly onStep: (step: string) => void;
  /** Nobody waits for the program any more. */
  readonly signal: AbortSignal;
}

/** Where a sandbox's program comes from, if it is not the example as it was built beforehand. */
export interface ProgramSource {
  /** Told in the timeline's heading, e.g. `edited Go plugin`. */
  readonly pluginName: string;
  /** What its host gives the plugin as stdin, as far as that is known. */
  readonly stdin: StreamKind | undefined;
  /**
   * Makes the program.
   * @throws Error with a sentence for the reader
   */
  load(language: PluginLanguage, listener: ProgramListener): Promise<RunProgram>;
}
