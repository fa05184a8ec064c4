import type { DirectHostName, DirectNews, DirectRequest } from '../../protocol/direct-messages.ts';
import type { Artefact } from '../../protocol/sandbox-data.ts';
import { Announcer } from './announcer.ts';
import { loadModule } from '../run/artefact-loader.ts';
import { Screen } from './screen.ts';
import { StdinForm } from './stdin-form.ts';

/** What the server hands the element, in `data-run`. */
export interface DirectRunData {
  readonly host: DirectHostName;
  readonly plugin: Artefact;
  /** The host can run without JSPI. */
  readonly anywhere: boolean;
}

/** In CSS, `data-state`. */
type DirectState = 'idle' | 'loading' | 'running' | 'waiting' | 'exited' | 'stopped' | 'failed';

const WORDS: Readonly<Record<Exclude<DirectState, 'exited' | 'failed'>, string>> = {
  idle: 'Not started',
  loading: 'Loading',
  running: 'Running',
  waiting: 'Waiting for input',
  stopped: 'Stopped',
};

function part<Part extends Element>(root: Element, name: string, type: new () => Part): Part {
  const found = root.querySelector(`[data-part="${name}"], [data-action="${name}"]`);
  if (found instanceof type) return found;
  throw new Error(`expected a part "${name}" that is a ${type.name}, found ${found?.tagName ?? 'none'}`);
}

/**
 * `<direct-host>`: one plugin on one host in JavaScript, live. It shows its live part where the browser can suspend
 * WebAssembly; elsewhere the recorded session beside it is all there is.
 */
export class DirectElement extends HTMLElement {
  readonly #encoder = new TextEncoder();
  #worker: Worker | undefined;
  #leaving: AbortController | undefined;

  connectedCallback(): void {
    const data = JSON.parse(this.dataset['run'] ?? '') as DirectRunData;
    if (!data.anywhere && !('Suspending' in WebAssembly)) return;
    const leaving = new AbortController();
    this.#leaving = leaving;
    const { signal } = leaving;
    const run = part(this, 'run', HTMLButtonElement);
    const stop = part(this, 'stop', HTMLButtonElement);
    const state = part(this, 'state', HTMLElement);
    const log = part(this, 'log', HTMLElement);
    const form = part(this, 'stdin', HTMLFormElement);
    const line = form.elements.namedItem('line');
    if (!(line instanceof HTMLInputElement)) throw new Error('expected a field "line", found none');
    const closeStdin = part(this, 'close-stdin', HTMLButtonElement);
    const announcer = new Announcer(part(this, 'announce', HTMLElement));
    const screen = new Screen(log, part(this, 'elided', HTMLElement), (text) => {
      announcer.output(text);
    });

    const show = (now: DirectState, words: string): void => {
      state.dataset['state'] = now;
      state.textContent = words;
      announcer.state(words);
      stop.disabled = this.#worker === undefined;
    };
    const end = (now: DirectState, words: string): void => {
      this.#worker?.terminate();
      this.#worker = undefined;
      show(now, words);
    };
    const post = (request: DirectRequest): boolean => {
      this.#worker?.postMessage(request);
      return this.#worker !== undefined;
    };
    const take = (news: DirectNews): void => {
      switch (news.type) {
        case 'output':
          screen.output([{ stream: 'stdout', bytes: news.bytes }]);
          show('running', WORDS.running);
          return;
        case 'waiting':
          show('waiting', WORDS.waiting);
          return;
        case 'exited':
          end('exited', `Exited with status ${String(news.status)}`);
          return;
        case 'failed':
          end('failed', `Failed: ${news.reason}`);
          return;
      }
    };
    /** A run that was asked for later takes the place of one that is still loading. */
    let latest = 0;
    const start = async (): Promise<void> => {
      const mine = (latest += 1);
      end('loading', WORDS.loading);
      screen.clear();
      const plugin = await loadModule(data.plugin, () => undefined);
      if (mine !== latest) return;
      const worker = new Worker(new URL('../../engine/other-hosts/direct-worker.ts', import.meta.url), {
        type: 'module',
      });
      this.#worker = worker;
      worker.onmessage = (event: MessageEvent<DirectNews>) => {
        take(event.data);
      };
      worker.onerror = (event) => {
        end('failed', `The worker broke down: ${event.message}. Press Run again.`);
      };
      show('running', WORDS.running);
      post({ type: 'start', host: data.host, plugin });
    };

    run.addEventListener(
      'click',
      () => {
        start().catch((error: unknown) => {
          end('failed', error instanceof Error ? error.message : String(error));
        });
      },
      { signal },
    );
    stop.addEventListener(
      'click',
      () => {
        end('stopped', WORDS.stopped);
      },
      { signal },
    );
    new StdinForm(
      { form, line, closeStdin },
      {
        type: (text) => {
          const taken = post({ type: 'typed', bytes: this.#encoder.encode(text) });
          if (taken) {
            screen.typed(text);
            show('running', WORDS.running);
          }
          return taken;
        },
        closeStdin: () => post({ type: 'closed' }),
        stop: () => {
          if (this.#worker !== undefined) end('stopped', WORDS.stopped);
        },
      },
      signal,
    );
    part(this, 'live', HTMLElement).hidden = false;
  }

  disconnectedCallback(): void {
    this.#leaving?.abort();
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** Defines `<direct-host>`, once. */
export function defineDirectHost(): void {
  if (customElements.get('direct-host') === undefined) customElements.define('direct-host', DirectElement);
}
