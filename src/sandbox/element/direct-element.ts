import { words } from '#words/direct';
import type { DirectHostName, DirectNews, DirectRequest } from '../../protocol/direct-messages.ts';
import type { Artefact } from '../../protocol/sandbox-data.ts';
import { Announcer } from './announcer.ts';
import { loadModule } from '../run/artefact-loader.ts';
import { explainExit, StreamTail } from '../run/exit-cause.ts';
import { failureOf, fencedFailure } from '../run/run-failure.ts';
import { verbatim } from '../run/verbatim.ts';
import { aloud, showChip, showFailure } from '../chips/show-chip.ts';
import { Screen } from './screen.ts';
import { StdinForm } from './stdin-form.ts';

/** What the server hands the element, in `data-run`. */
export interface DirectRunData {
  readonly host: DirectHostName;
  readonly plugin: Artefact;
  /** The plugin's first argument. */
  readonly name: string;
  /** The host can run without JSPI. */
  readonly anywhere: boolean;
}

/** In CSS, `data-state`. */
type DirectState = 'idle' | 'loading' | 'running' | 'waiting' | 'exited' | 'stopped' | 'failed';

function part<Part extends Element>(root: Element, name: string, type: new () => Part): Part {
  const found = root.querySelector(`[data-part="${name}"], [data-action="${name}"]`);
  if (found instanceof type) return found;
  throw new Error(`expected a part "${name}" that is a ${type.name}, found ${found?.tagName ?? 'none'}`);
}

/** One run at a time of a plugin on a host in JavaScript. */
class DirectRun {
  readonly #data: DirectRunData;
  readonly #stop: HTMLButtonElement;
  readonly #live: HTMLElement;
  readonly #state: HTMLElement;
  readonly #failure: HTMLElement;
  readonly #announcer: Announcer;
  readonly #screen: Screen;
  readonly #encoder = new TextEncoder();
  #worker: Worker | undefined;
  #tail = new StreamTail();
  /** A run that was asked for later takes the place of one that is still loading. */
  #latest = 0;

  constructor(root: Element, data: DirectRunData) {
    this.#data = data;
    this.#stop = part(root, 'stop', HTMLButtonElement);
    this.#live = part(root, 'live', HTMLElement);
    this.#state = part(root, 'state', HTMLElement);
    this.#failure = part(root, 'failure', HTMLElement);
    this.#announcer = new Announcer(part(root, 'announce', HTMLElement));
    this.#screen = new Screen(part(root, 'log', HTMLElement), part(root, 'elided', HTMLElement), (text) =>
      this.#announcer.output(text),
    );
  }

  /** Starts afresh; a failure is shown. */
  start(): void {
    this.#start().catch((error: unknown) => this.#end('failed', fencedFailure(failureOf(error))));
  }

  stop(): void {
    this.#end('stopped', words.stopped);
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** @returns whether a run took it */
  type(text: string): boolean {
    const taken = this.#post({ type: 'typed', bytes: this.#encoder.encode(text) });
    if (taken) {
      this.#screen.typed(text);
      this.#show('running', words.running);
    }
    return taken;
  }

  /** @returns whether a run took it */
  closeStdin(): boolean {
    return this.#post({ type: 'closed' });
  }

  /** Ends the run without a word. */
  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start(): Promise<void> {
    const mine = (this.#latest += 1);
    this.#end('loading', words.loading);
    this.#screen.clear();
    this.#tail = new StreamTail();
    const plugin = await loadModule(this.#data.plugin, () => undefined);
    if (mine !== this.#latest) return;
    const worker = new Worker(new URL('../../engine/other-hosts/direct-worker.ts', import.meta.url), {
      type: 'module',
    });
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<DirectNews>) => this.#take(event.data);
    worker.onerror = (event) => this.#end('failed', fencedFailure({ code: 'worker-broke', detail: event.message }));
    this.#show('running', words.running);
    this.#post({ type: 'start', host: this.#data.host, plugin, name: this.#data.name });
  }

  #take(news: DirectNews): void {
    switch (news.type) {
      case 'output':
        this.#screen.output([{ stream: 'stdout', bytes: news.bytes }]);
        this.#tail.append(news.bytes);
        this.#show('running', words.running);
        return;
      case 'waiting':
        this.#show('waiting', words.waiting);
        return;
      case 'exited':
        this.#end('exited', words.exited(news.status, this.#why(news.status)));
        return;
      case 'failed':
        this.#end('failed', words.failed(fencedFailure(news.failure)));
        return;
    }
  }

  /** What the plugin said before it gave up may be far above the end of its output. */
  #why(status: number): string | undefined {
    return explainExit(
      status,
      { stderr: this.#tail.text, asked: status, pluginStatus: status, hasHost: false },
      verbatim,
    );
  }

  /** @param sentence what is no language in it is fenced */
  #show(now: DirectState, sentence: string): void {
    const met = { waiting: { met: 'wait' as const }, failed: { met: 'failure' as const } };
    showChip(this.#state, {
      name: now,
      text: sentence,
      spoken: sentence,
      ...(now === 'waiting' || now === 'failed' ? met[now] : {}),
    });
    showFailure(this.#failure, now === 'failed' ? sentence : undefined);
    this.#announcer.states(aloud(this.#state, sentence));
    this.#stop.disabled = this.#worker === undefined;
    this.#live.dataset['next'] = this.#worker === undefined ? 'run' : 'send';
  }

  #end(now: DirectState, sentence: string): void {
    this.dispose();
    this.#show(now, sentence);
  }

  #post(request: DirectRequest): boolean {
    this.#worker?.postMessage(request);
    return this.#worker !== undefined;
  }
}

/**
 * `<direct-host>`: one plugin on one host in JavaScript, live. It shows its live part where the browser can suspend
 * WebAssembly; elsewhere the recorded session beside it is all there is.
 */
export class DirectElement extends HTMLElement {
  #run: DirectRun | undefined;
  #leaving: AbortController | undefined;

  connectedCallback(): void {
    const data = JSON.parse(this.dataset['run'] ?? '') as DirectRunData;
    if (!data.anywhere && !('Suspending' in WebAssembly)) return;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const form = part(this, 'stdin', HTMLFormElement);
    const line = form.elements.namedItem('line');
    if (!(line instanceof HTMLInputElement)) throw new Error('expected a field "line", found none');
    const run = new DirectRun(this, data);
    this.#run = run;
    part(this, 'run', HTMLButtonElement).addEventListener('click', () => run.start(), { signal });
    part(this, 'stop', HTMLButtonElement).addEventListener('click', () => run.stop(), { signal });
    new StdinForm(
      { form, line, closeStdin: part(this, 'close-stdin', HTMLButtonElement) },
      {
        type: (text) => run.type(text),
        closeStdin: () => run.closeStdin(),
        stop: () => {
          if (run.isRunning) run.stop();
        },
      },
      signal,
    );
    part(this, 'live', HTMLElement).hidden = false;
  }

  disconnectedCallback(): void {
    this.#leaving?.abort();
    this.#run?.dispose();
  }
}

/** Defines `<direct-host>`, once. */
export function defineDirectHost(): void {
  if (customElements.get('direct-host') === undefined) customElements.define('direct-host', DirectElement);
}
