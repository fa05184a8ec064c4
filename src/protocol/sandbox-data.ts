import type { TranscriptStep } from './transcript.ts';

/** A language that a plugin of an example is written in. */
export type PluginLanguage = 'go' | 'c' | 'rust';

/** What the host gives its plugin as stdin: nothing at all, a `bytes.Buffer`, an `io.Pipe`, or its own `os.Stdin`. */
export type StreamKind = 'nothing' | 'buffer' | 'pipe' | 'terminal';

/** One file of `public/wasm`, as `manifest.json` lists it. */
export interface Artefact {
  /** Address below the site's base, with the content hash in its name. */
  readonly url: string;
  /** Size in bytes, not compressed. */
  readonly bytes: number;
  /** Size in bytes as it crosses the wire. */
  readonly wire: number;
}

/**
 * What the page hands a sandbox element: server-rendered as JSON into
 * `<script type="application/json" data-part="data">` inside `<plugin-sandbox>`.
 */
export interface SandboxData {
  /** The example's folder name, which is also the name the host is started by. */
  readonly example: string;
  /** The plugin's file name as the host sees it, e.g. `pipe-waits.wasm`. */
  readonly pluginFile: string;
  /** All example hosts, linked into one wasm. */
  readonly host: Artefact;
  /** The plugin's builds, by language. */
  readonly plugins: Readonly<Partial<Record<PluginLanguage, Artefact>>>;
  /** Released wazero version that the host was built with, e.g. `v1.12.0`. */
  readonly wazero: string;
  /** Whether the host reads stdin at all; if not, the sandbox shows no input. */
  readonly readsStdin: boolean;
  /** Named in the timeline; undefined for a host with more than one stream to tell of. */
  readonly stdin?: StreamKind;
  /** The host hands its plugin the writing end of a pipe as stdout. */
  readonly pipesStdout: boolean;
  /** The plugin has ended once it does not run: nobody calls its functions, and nothing but itself ends it. */
  readonly endsByItself: boolean;
  /** The recorded session, for replay where no transport can block. */
  readonly transcript: readonly TranscriptStep[];
}
