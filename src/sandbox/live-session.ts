import type { OutputChunk, TraceSummary, TransportKind } from '../protocol/messages.ts';
import type { PluginLanguage, SandboxData } from '../protocol/sandbox-data.ts';
import { Announcer } from './announcer.ts';
import { loadBytes, loadModule } from './artefact-loader.ts';
import { Replay } from './replay.ts';
import { Run, type RunListener, type RunOutcome } from './run.ts';
import { describeState, IDLE, withTrace, type RunState } from './run-state.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import { Screen } from './screen.ts';
import { chooseTransport, detectBlockingFeatures, transportName } from './transport.ts';

/** The state line counts tenths of a second. */
const REFRESH_MS = 100;

/** The live part of one sandbox: it starts runs, one at a time, and shows what they do. Loaded when a reader shows intent. */
export class LiveSession {
  readonly #data: SandboxData;
  readonly #parts: SandboxParts;
  readonly #transport: TransportKind | undefined;
  readonly #announcer: Announcer;
  readonly #screen: Screen;
  #state: RunState = IDLE;
  #run: Run | undefined;
  #replay: Replay | undefined;
  #refresh: ReturnType<typeof setInterval> | undefined;

  constructor(data: SandboxData, parts: SandboxParts) {
    this.#data = data;
    this.#parts = parts;
    const forced = new URLSearchParams(location.search).get('transport');
    this.#transport = chooseTransport(detectBlockingFeatures(), forced);
    this.#announcer = new Announcer(parts.announce);
    this.#screen = new Screen(parts.log, parts.elided, (text) => {
      this.#announcer.output(text);
    });
    parts.transport.textContent =
      this.#transport === undefined ? 'replays a recording' : transportName(this.#transport);
  }

  /** Loads what a run needs, so that Run is quick. Failures are kept for Run to tell. */
  warm(language: PluginLanguage): void {
    if (this.#transport === undefined) return;
    const ignore = (): void => undefined;
    loadModule(this.#data.host, ignore).catch(ignore);
    const plugin = this.#data.plugins[language];
    if (plugin !== undefined) loadBytes(plugin, ignore).catch(ignore);
  }

  /** Starts a fresh run; one that is under way is stopped. */
  run(language: PluginLanguage): void {
    this.stop();
    this.#screen.clear();
    if (this.#transport === undefined) {
      this.#startReplay();
      return;
    }
    const run: Run = new Run(
      this.#transport,
      this.#listenerOf(() => run),
    );
    this.#run = run;
    this.#show({ ...IDLE, phase: 'loading' });
    void this.#load(run, language);
  }

  /** Ends the run at once. */
  stop(): void {
    this.#replay?.stop();
    this.#run?.stop();
  }

  /** True if typed text would reach a program. */
  get takesInput(): boolean {
    return this.#run?.ended === false;
  }

  /** Writes text to stdin as it is. Returns false if there is no run to take it. */
  type(text: string): boolean {
    if (this.#run === undefined || this.#run.ended) return false;
    this.#run.write(new TextEncoder().encode(text));
    this.#screen.typed(text);
    return true;
  }

  /** Closes stdin. */
  closeStdin(): void {
    if (this.#run === undefined || this.#run.ended) return;
    this.#run.closeStdin();
    this.#screen.typed('^D\n');
  }

  async #load(run: Run, language: PluginLanguage): Promise<void> {
    const plugin = this.#data.plugins[language];
    if (plugin === undefined) throw new Error(`${this.#data.example}: no plugin in "${language}"`);
    const loaded = { host: 0, plugin: 0 };
    const progress = (part: keyof typeof loaded) => (bytes: number) => {
      loaded[part] = bytes;
      if (run !== this.#run || this.#state.phase !== 'loading') return;
      const of = this.#data.host.bytes + plugin.bytes;
      this.#show({ ...this.#state, loaded: { bytes: loaded.host + loaded.plugin, of } });
    };
    try {
      const [module, bytes] = await Promise.all([
        loadModule(this.#data.host, progress('host')),
        loadBytes(plugin, progress('plugin')),
      ]);
      const { example, pluginFile } = this.#data;
      run.start({ module, argv: [example, pluginFile], files: [{ name: pluginFile, bytes }] });
    } catch (error) {
      run.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #listenerOf(run: () => Run): RunListener {
    // A run that was replaced may still end; what it says then is no longer shown.
    const current = (): boolean => run() === this.#run;
    return {
      onStarted: () => {
        if (current()) this.#show({ ...this.#state, phase: 'running' });
      },
      onOutput: (chunks: readonly OutputChunk[]) => {
        if (current()) this.#screen.output(chunks);
      },
      onTrace: (summary: TraceSummary) => {
        if (current()) this.#show(withTrace(this.#state, summary));
      },
      onEnded: (outcome: RunOutcome) => {
        if (current()) this.#show({ ...this.#state, phase: 'ended', outcome });
      },
    };
  }

  #startReplay(): void {
    this.#replay = new Replay(this.#data.transcript, {
      onPiece: (piece) => {
        if (piece.stream === 'typed') this.#screen.typed(piece.text);
        else this.#screen.output([{ stream: piece.stream, bytes: new TextEncoder().encode(piece.text) }]);
      },
      onEnded: (outcome) => {
        this.#show({ ...this.#state, phase: 'ended', outcome });
      },
    });
    this.#show({ ...IDLE, phase: 'replaying' });
    this.#replay.start();
  }

  #show(state: RunState): void {
    this.#state = state;
    this.#render();
    const ticks = state.phase === 'running';
    if (ticks && this.#refresh === undefined) {
      this.#refresh = setInterval(() => {
        this.#render();
      }, REFRESH_MS);
    } else if (!ticks) {
      clearInterval(this.#refresh);
      this.#refresh = undefined;
    }
  }

  #render(): void {
    const { state, run, stop, send, closeStdin } = this.#parts;
    const { name, text } = describeState(this.#state, performance.timeOrigin + performance.now());
    if (state.textContent !== text) state.textContent = text;
    if (state.dataset['state'] !== name) state.dataset['state'] = name;
    const ended = this.#state.phase === 'ended';
    const busy = this.#state.phase !== 'idle' && !ended;
    const label = this.#state.phase === 'idle' ? 'Run' : 'Run again';
    if (run.textContent !== label) run.textContent = label;
    // Not `disabled`: that would take the focus away from a reader who is on the button.
    stop.ariaDisabled = busy ? null : 'true';
    for (const button of [send, closeStdin]) button.ariaDisabled = this.takesInput ? null : 'true';
    // Numbers that only grow are left out of what is read aloud.
    this.#announcer.state(
      name === 'waiting' || name === 'eof' || name === 'loading' ? text.replace(/[ ,×]*[\d,.]+.*/u, '') : text,
    );
  }
}
