import { words } from '#words/run';
import { words as pageWords } from '#words/sandbox';
import type { StdinProgress, TransportKind } from '../../protocol/messages.ts';
import type { PluginLanguage, SandboxData, StreamKind } from '../../protocol/sandbox-data.ts';
import { ActList, type DoneAct } from '../run/act-list.ts';
import { describeHost } from '../chips/host-chip.ts';
import { describePlugin } from '../chips/plugin-chip.ts';
import { aloud, showChip, showFailure } from '../chips/show-chip.ts';
import { ActScript } from '../sharing/act-script.ts';
import { Announcer } from './announcer.ts';
import { loadProgram, type LoadProgress } from '../run/load-program.ts';
import { prepareRun, takePreparedRun } from '../run/prepared-run.ts';
import type { ProgramSource } from '../run/program-source.ts';
import { Replay } from './replay.ts';
import { sharedActs } from '../sharing/run-acts.ts';
import { Run, type RunNews, type RunOutcome } from '../run/run.ts';
import { offerReload } from '../run/reload-offer.ts';
import { failureOf, fencedFailure, mayBeOutdated } from '../run/run-failure.ts';
import { IDLE, withStdinRead, withTrace, type ProgramFacts, type RunState } from '../run/run-state.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import { Screen } from './screen.ts';
import { encodeShareFragment, type SharedAct, type SharedRun } from '../sharing/share-link.ts';
import { savesData } from '../run/saves-data.ts';
import type { RunRecorder } from '../trace/run-recorder.ts';
import { TypedQueue } from '../run/typed-queue.ts';
import { findTransport, transportName } from '../run/transport.ts';
import { showSentence, verbatim } from '../run/verbatim.ts';

/** The plugin's chip counts tenths of a second. */
const REFRESH_MS = 100;

/** The live part of one sandbox: it starts runs, one at a time, and shows what they do. Loaded when a reader shows intent. */
export class LiveSession {
  readonly #data: SandboxData;
  readonly #parts: SandboxParts;
  readonly #transport: TransportKind | undefined;
  readonly #announcer: Announcer;
  readonly #screen: Screen;
  readonly #recorder: RunRecorder;
  /** Of the last run. */
  #acts = new ActList(0);
  #typed = new TypedQueue(this.#acts);
  #script: ActScript | undefined;
  /** What the next run is to be given, from a link. */
  #shared: readonly SharedAct[] = [];
  #state: RunState = IDLE;
  #run: Run | undefined;
  #replay: Replay | undefined;
  /** In place of the example as it was built beforehand. */
  #program: ProgramSource | undefined;
  #refresh: ReturnType<typeof setInterval> | undefined;

  /** Opens a session in the best transport that works here. */
  static async open(data: SandboxData, parts: SandboxParts): Promise<LiveSession> {
    const [transport, { RunRecorder }] = await Promise.all([findTransport(), import('../trace/run-recorder.ts')]);
    return new LiveSession(data, parts, transport, new RunRecorder(data, parts));
  }

  /** @param transport undefined to replay the recorded session */
  constructor(data: SandboxData, parts: SandboxParts, transport: TransportKind | undefined, recorder: RunRecorder) {
    this.#data = data;
    this.#parts = parts;
    this.#transport = transport;
    this.#recorder = recorder;
    this.#announcer = new Announcer(parts.announce);
    this.#screen = new Screen(parts.log, parts.elided, (text) => this.#announcer.output(text));
    parts.transport.textContent = transportName(transport);
  }

  /** What the next runs run; undefined for the example as it was built beforehand. */
  set program(program: ProgramSource | undefined) {
    this.#program = program;
  }

  /** How the last run ended; undefined while it goes on, and before the first. */
  get outcome(): RunOutcome | undefined {
    return this.#state.outcome;
  }

  /** Prepares a run up to the example's `main`, so that Run is quick. A failure is left for Run to tell. */
  warm(language: PluginLanguage): void {
    if (this.#transport === undefined || this.#run?.ended === false || this.#program !== undefined) return;
    prepareRun(this.#transport, this.#data, language);
  }

  /** Starts a fresh run; one that is under way is stopped. */
  run(language: PluginLanguage): void {
    this.stop();
    this.#screen.clear();
    this.#acts = new ActList(now(), () => this.#recorder.acted());
    this.#typed = new TypedQueue(this.#acts);
    this.#showTyped();
    const program = this.#program;
    if (this.#transport === undefined) {
      if (program === undefined) this.#startReplay();
      else this.#show({ ...IDLE, phase: 'ended', outcome: { kind: 'failed', failure: { code: 'no-transport' } } });
      return;
    }
    const prepared = program === undefined ? takePreparedRun(this.#data, language) : undefined;
    const run = prepared ?? new Run(this.#transport);
    this.#run = run;
    const facts = this.#factsOf(language, prepared !== undefined);
    this.#showOwner(facts.stdin);
    this.#show({ ...IDLE, phase: 'loading', program: facts });
    this.#recorder.begin(language, this.#acts, program);
    this.#script = new ActScript(this.#shared, {
      type: (text) => this.type(text),
      closeStdin: () => this.closeStdin(),
      stop: () => this.stop(),
    });
    this.#shared = [];
    const left = new AbortController();
    run.listen((news) => {
      if (news.type === 'ended') left.abort();
      // A run that was replaced may still end; what it says then is no longer shown.
      if (run === this.#run) this.#hear(news, language);
    });
    if (prepared === undefined) void this.#start(run, language, program, left.signal);
    else run.release();
  }

  /** Gives the next run the acts of a link. */
  playOnRun(acts: readonly SharedAct[]): void {
    this.#shared = acts;
  }

  /**
   * The fragment of a link that restores the plugin's language and what was typed and closed in the last run.
   *
   * @param around which of the page's sandboxes this is, and what was bet on beside it
   * @throws ShareLinkError if that is too much for a link
   */
  shareFragment(language: PluginLanguage, around: Pick<SharedRun, 'place' | 'prediction'>): string {
    return encodeShareFragment({
      example: this.#data.example,
      plugin: language,
      acts: sharedActs(this.#acts),
      ...around,
    });
  }

  /** Ends the run at once. */
  stop(): void {
    this.#replay?.stop();
    if (this.#run === undefined || this.#run.ended) return;
    this.#acts.add({ kind: 'stopped', ...this.#moment });
    this.#run.stop();
  }

  /** True if typed text would reach a program. */
  get takesInput(): boolean {
    return this.#run?.takesInput === true;
  }

  /** Writes text to stdin as it is. Returns false if there is no run to take it, or its stdin is closed. */
  type(text: string): boolean {
    if (this.#run?.takesInput !== true) return false;
    const bytes = new TextEncoder().encode(text);
    this.#acts.add({ kind: 'typed', text, bytes: bytes.length, ...this.#moment });
    this.#run.write(bytes);
    this.#showTyped();
    return true;
  }

  /** Closes stdin, once. Returns false if there is no run. */
  closeStdin(): boolean {
    if (this.#run === undefined || this.#run.ended) return false;
    if (!this.#run.takesInput) return true;
    this.#acts.add({ kind: 'closed', ...this.#moment });
    this.#run.closeStdin();
    this.#render();
    return true;
  }

  async #start(
    run: Run,
    language: PluginLanguage,
    program: ProgramSource | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const show = (change: Partial<RunState>): void => {
      if (run === this.#run && this.#state.phase === 'loading') this.#show({ ...this.#state, ...change });
    };
    const onProgress = (loaded: LoadProgress): void => show({ loaded });
    const onStep = (step: string): void => show({ step, loaded: IDLE.loaded });
    try {
      const loading =
        program === undefined
          ? loadProgram(this.#data, language, onProgress)
          : program.load(language, { onProgress, onStep, signal });
      run.start(await loading, { hold: false });
    } catch (error) {
      run.fail(failureOf(error));
    }
  }

  #hear(news: RunNews, language: PluginLanguage): void {
    switch (news.type) {
      case 'started':
        this.#recorder.started(news.at);
        this.#script?.start();
        this.#show({ ...this.#state, phase: 'running', lastCallAt: news.at });
        break;
      case 'output':
        this.#stdinRead(news.stdin);
        this.#screen.output(news.chunks);
        break;
      case 'stdin':
        this.#stdinRead(news.stdin);
        break;
      case 'host-waits':
        // Before the example's main it waits for Run.
        if (this.#state.phase !== 'running') return;
        this.#script?.pluginWaits(now());
        break;
      case 'trace':
        this.#recorder.rows(news.rows, news.host.readsStdin);
        this.#script?.pluginWaits(news.summary.pending?.since);
        this.#show(withTrace(this.#state, { ...news, pluginExit: this.#run?.pluginExit }, now()));
        break;
      case 'ended':
        this.#recorder.ended(news.outcome);
        this.#script?.end();
        this.#screen.end();
        this.#show({ ...this.#state, phase: 'ended', outcome: news.outcome });
        // The reader is likely to run it again, and should not wait for the plugin's compilation twice.
        if (news.outcome.kind !== 'failed') this.#warmNext(language);
        break;
    }
  }

  #stdinRead(progress: StdinProgress): void {
    const echo = this.#typed.takeRead(progress);
    if (echo !== '') this.#screen.typed(echo);
    this.#showTyped();
    const { host } = this.#state;
    // Of the host no message tells that its wait is over, but for what it has read.
    if (echo !== '' && (host.readsStdin || host.isParked)) {
      this.#recorder.hostHasRead();
      this.#show(withStdinRead(this.#state));
    }
  }

  /** Prepares the next run when the browser has nothing better to do. */
  #warmNext(language: PluginLanguage): void {
    if (savesData()) return;
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    (idle ?? setTimeout)(() => this.warm(language));
  }

  #startReplay(): void {
    this.#replay = new Replay(this.#data.transcript, {
      onPiece: (piece) => {
        if (piece.stream === 'typed') this.#screen.typed(piece.text);
        else this.#screen.output([{ stream: piece.stream, bytes: new TextEncoder().encode(piece.text) }]);
      },
      onEnded: (outcome) => this.#show({ ...this.#state, phase: 'ended', outcome }),
    });
    this.#show({ ...IDLE, phase: 'replaying' });
    this.#replay.start();
  }

  /** When an act is done, and what the plugin does then. */
  get #moment(): Pick<DoneAct, 'at' | 'waitingSince'> {
    return { at: now(), waitingSince: this.#state.trace?.pending?.since };
  }

  /** Tells of typed text that the host has not read: it waits in the terminal's queue. */
  #showTyped(): void {
    const { unread } = this.#typed;
    const { queue } = this.#parts;
    queue.hidden = unread === '';
    const last = unread.length > 60 ? `…${unread.slice(-60)}` : unread;
    showSentence(queue, unread === '' ? '' : words.unread(verbatim(last.replaceAll('\n', '⏎'))));
  }

  #show(state: RunState): void {
    this.#state = state;
    this.#render();
    const ticks = state.phase === 'running';
    if (ticks && this.#refresh === undefined) {
      this.#refresh = setInterval(() => this.#render(), REFRESH_MS);
    } else if (!ticks) {
      clearInterval(this.#refresh);
      this.#refresh = undefined;
    }
  }

  #render(): void {
    const { live, state, hostState, run, stop, send, closeStdin } = this.#parts;
    const [plugin, host] = [describePlugin(this.#state, now()), describeHost(this.#state)];
    showChip(state, plugin);
    if (showChip(hostState, host)) this.#hostHasChanged();
    const { phase } = this.#state;
    const busy = phase !== 'idle' && phase !== 'ended';
    // It is `Run` before the first run, as it came with the page.
    if (phase !== 'idle' && run.textContent !== pageWords.runAgain) run.textContent = pageWords.runAgain;
    // Not `disabled`: that would take the focus away from a reader who is on the button.
    stop.ariaDisabled = busy ? null : 'true';
    for (const button of [send, closeStdin]) button.ariaDisabled = this.takesInput ? null : 'true';
    // What is brightest is what there is to do now.
    const next = busy ? (this.takesInput && !this.#parts.stdin.hidden ? 'send' : 'stop') : 'run';
    if (live.dataset['next'] !== next) live.dataset['next'] = next;
    // Of the host its end is news; until then, what it does follows from the plugin.
    this.#announcer.states(aloud(state, plugin.spoken), phase === 'ended' ? aloud(hostState, host.spoken) : '');
  }

  /** A failure is told in full where there is room for it, and with a way out. */
  #hostHasChanged(): void {
    const { outcome } = this.#state;
    const failure = outcome?.kind === 'failed' ? outcome.failure : undefined;
    showFailure(this.#parts.failure, failure && fencedFailure(failure));
    offerReload(this.#parts.failure, failure !== undefined && mayBeOutdated(failure));
  }

  /** Says whose stdin the field is: the plugin's where the host hands it its own. */
  #showOwner(stdin: StreamKind | undefined): void {
    const owner = stdin === 'terminal' ? 'plugin' : 'host';
    const said = this.#parts.stdin.querySelector<HTMLElement>('[data-owner]');
    const wanted = this.#parts.stdin.querySelector<HTMLTemplateElement>(`template[data-owned="${owner}"]`);
    if (said === null || wanted === null || said.dataset['owner'] === owner) return;
    said.dataset['owner'] = owner;
    said.replaceChildren(wanted.content.cloneNode(true));
  }

  /** What is known of a program before it runs. */
  #factsOf(language: PluginLanguage, isCompiled: boolean): ProgramFacts {
    const { stdin, endsByItself } = this.#data;
    if (this.#program !== undefined) {
      return { stdin: this.#program.stdin, callsAtOnce: false, mayReturn: false, isCompiled };
    }
    return { stdin, callsAtOnce: language === 'go', mayReturn: endsByItself && language !== 'go', isCompiled };
  }
}

/** Milliseconds since the Unix epoch, on the clock that page and worker share. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
