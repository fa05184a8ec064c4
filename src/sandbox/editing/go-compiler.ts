import { words } from '#words/editing/panel';
import type { EditingData } from '../../protocol/editing-data.ts';
import type { Refusal, Target } from '../../protocol/toolchain.ts';
import type { LoadProgress } from '../run/load-program.ts';
import { offerReload } from '../run/reload-offer.ts';
import { savesData } from '../run/saves-data.ts';
import { Toolchain } from './toolchain-client.ts';
import { make, makeButton } from './make-element.ts';

/** Whether the compiler can be asked. */
export type CompilerState = 'not asked for' | 'loading' | 'ready';

/** Told while the compiler's parts arrive, in bytes. */
export type OnFetch = (loaded: LoadProgress) => void;

/** What an editor does with its compiler. */
export interface GoCompilerOptions {
  /** Address of `EditingData`. */
  readonly dataUrl: string;
  /** The state is another. */
  readonly onState: () => void;
  /** It can be asked from now on. */
  readonly onReady: () => void;
  /** Something is wrong with what was found right before: the whole compiler found it, or the linker. */
  readonly onFound: (target: Target, found: Refusal) => void;
  /** The button that had the focus is gone. */
  readonly onFocusLost: () => void;
  /** For those who do not see. */
  readonly say: (text: string) => void;
}

/**
 * The Go compiler of one editor, and the offer to load it: its size is told beforehand, it is fetched when the reader asks for
 * it, and what went wrong can be tried again.
 */
export class GoCompiler {
  /** The offer, with the progress after it was taken. */
  readonly element = make('div', { class: 'edit-offer' });
  /** Told of progress besides the offer. */
  onFetch: OnFetch | undefined;
  readonly #options: GoCompilerOptions;
  #state: CompilerState = 'not asked for';
  #version = '';
  #data: Promise<EditingData> | undefined;
  #toolchain: Promise<Toolchain> | undefined;

  constructor(options: GoCompilerOptions) {
    this.#options = options;
    this.#offer();
  }

  get state(): CompilerState {
    return this.#state;
  }

  /** E.g. `go1.26.10`; empty before it is ready. */
  get version(): string {
    return this.#version;
  }

  /** Focuses the button of the offer. Returns false if there is none. */
  focusOffer(): boolean {
    const button = this.element.hidden ? null : this.element.querySelector('button');
    button?.focus();
    return button !== null;
  }

  /** What an editor needs besides the page, fetched once. A failure is forgotten, so that the next time tries again. */
  loadData(): Promise<EditingData> {
    if (this.#data !== undefined) return this.#data;
    const loading = fetch(this.#options.dataUrl).then(async (response) => {
      if (!response.ok) throw new Error(words.unexpectedStatus(response.status));
      // Written by src/pages/editing/data.json.ts from the same type.
      return (await response.json()) as EditingData;
    });
    this.#data = loading;
    loading.catch(() => (this.#data = undefined));
    return loading;
  }

  /** The toolchain, opened once. A failure is told and forgotten, so that the next time tries again. */
  open(): Promise<Toolchain> {
    if (this.#toolchain !== undefined) return this.#toolchain;
    const hadFocus = this.element.contains(document.activeElement);
    const bar = make('progress', { attributes: { max: '1', value: '0', 'aria-label': words.compiler.loading } });
    const told = make('p', { text: words.compiler.loading });
    this.element.hidden = false;
    this.element.replaceChildren(told, bar);
    if (hadFocus) this.#options.onFocusLost();
    this.#become('loading');
    const onProgress = ({ loadedBytes, totalBytes }: { loadedBytes: number; totalBytes: number }): void => {
      bar.max = totalBytes;
      bar.value = loadedBytes;
      told.textContent = words.compiler.loadingBytes(loadedBytes, totalBytes);
      this.onFetch?.({ bytes: loadedBytes, of: totalBytes, wire: totalBytes });
    };
    const opening = this.loadData().then(async ({ toolchain }) => {
      this.#version = toolchain.go;
      const go = await Toolchain.open(toolchain, { onProgress, onFound: this.#options.onFound });
      this.#state = 'ready';
      return go;
    });
    this.#toolchain = opening;
    opening.then(
      (go) => {
        this.#options.say(words.compiler.isHere(this.#version));
        this.#options.onReady();
        this.#fetchRest(go);
      },
      (error: unknown) => this.lose(error),
    );
    return opening;
  }

  /** The toolchain can't be had, or has broken down. */
  lose(error: unknown): void {
    this.#toolchain = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    this.#offer(reason);
    this.#become('not asked for');
    this.#options.say(reason);
  }

  /** Ends the toolchain, which gives its memory back. */
  dispose(): void {
    this.#toolchain?.then(
      (go) => go.dispose(),
      () => undefined,
    );
  }

  #become(state: CompilerState): void {
    this.#state = state;
    this.#options.onState();
  }

  /** @param reason why it is offered again */
  #offer(reason = ''): void {
    this.element.hidden = false;
    this.element.replaceChildren(make('p', { text: reason === '' ? words.compiler.asking : reason }));
    this.loadData().then(
      ({ toolchain }) => {
        const { check, build } = Toolchain.sizes(toolchain);
        const load = makeButton(
          reason === '' ? words.compiler.load(check + build) : words.compiler.tryAgainWith(check + build),
          () => {
            this.open().catch(() => undefined);
          },
          { class: 'edit-primary' },
        );
        const told = reason === '' ? words.compiler.offer(toolchain.go, check, build) : reason;
        this.element.replaceChildren(make('p', { text: told }), load);
        if (reason !== '') offerReload(load);
      },
      () => {
        const again = makeButton(words.compiler.tryAgain, () => this.#offer());
        this.element.replaceChildren(make('p', { text: words.compiler.notAsked }), again);
        offerReload(again);
      },
    );
  }

  /** Fetches what a run needs, while the reader types; a reader who saves data pays for it on Run. */
  #fetchRest(go: Toolchain): void {
    if (savesData()) {
      this.element.hidden = true;
      return;
    }
    go.prepareBuild().then(
      () => {
        this.element.hidden = true;
      },
      (error: unknown) => this.lose(error),
    );
  }
}
