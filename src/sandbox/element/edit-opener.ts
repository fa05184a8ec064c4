import { words } from '#words/sandbox';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import type { SandboxEditing } from '../editing/sandbox-editing.ts';
import { EDIT_LINK } from '../sharing/link-prefixes.ts';
import { bringLanguage } from '../language/plugin-switch.ts';
import { offerReload } from '../run/reload-offer.ts';
import type { LiveSession } from './live-session.ts';
import type { SandboxParts } from './sandbox-parts.ts';

/** What the opener needs of its sandbox. */
export interface EditOpenerOptions {
  readonly root: HTMLElement;
  readonly data: SandboxData;
  readonly parts: SandboxParts;
  readonly session: () => Promise<LiveSession>;
  readonly language: () => PluginLanguage;
  /** The reader leaves the page's sandbox alone from then on. */
  readonly signal: AbortSignal;
}

/**
 * Opens a sandbox's editor: at the press of Edit, or for a link that brings an edited program. It is all of the editor that comes
 * with a page; the rest is loaded then, and not before.
 */
export class EditOpener {
  readonly #options: EditOpenerOptions;
  #editing: Promise<SandboxEditing> | undefined;

  constructor(options: EditOpenerOptions) {
    this.#options = options;
    const { root, parts, signal } = options;
    // The playground opens its editor itself.
    if (root.dataset['playground'] !== undefined) return;
    parts.edit.addEventListener(
      'click',
      () => {
        this.#open().then(
          (editing) => {
            offerReload(parts.shareNote, false);
            editing.open();
            editing.focus();
          },
          () => this.#tellNotLoaded(words.editor.notLoaded),
        );
      },
      { signal },
    );
    signal.addEventListener('abort', () => {
      this.#editing?.then(
        (editing) => editing.dispose(),
        () => undefined,
      );
    });
    const openShared = (): void => {
      this.#openShared().catch(() => this.#tellNotLoaded(words.editor.notLoadedForLink));
    };
    // A link may come to a page that is open already.
    window.addEventListener('hashchange', openShared, { signal });
    openShared();
  }

  #tell(sentence: string): void {
    this.#options.parts.shareNote.textContent = sentence;
  }

  #tellNotLoaded(sentence: string): void {
    this.#tell(sentence);
    offerReload(this.#options.parts.shareNote);
  }

  /** The playground has all hosts, and shows also a program whose example is gone. */
  #offerPlayground(hash: string): void {
    const { shareNote, edit } = this.#options.parts;
    const link = document.createElement('a');
    link.href = new URL(`../playground/${hash}`, new URL(edit.dataset['url'] ?? '', location.href)).href;
    link.textContent = words.editor.inPlayground;
    shareNote.append(' ', link);
  }

  async #open(): Promise<SandboxEditing> {
    if (this.#editing !== undefined) return this.#editing;
    const { data, parts, session, language } = this.#options;
    const label = parts.edit.textContent;
    parts.edit.textContent = words.editor.loading;
    const opening = Promise.all([session(), import('../editing/sandbox-editing.ts')]).then(
      ([live, module]) => new module.SandboxEditing({ data, parts, session: live, language }),
    );
    this.#editing = opening;
    try {
      return await opening;
    } catch (error) {
      // A failure is forgotten, so that the next press tries again.
      this.#editing = undefined;
      throw error;
    } finally {
      parts.edit.textContent = label;
    }
  }

  /** A link concerns the first sandbox of its example; what is wrong with it is told by the page's first sandbox. Nothing runs. */
  async #openShared(): Promise<void> {
    const { hash } = location;
    if (!hash.startsWith(EDIT_LINK)) return;
    const { root, data, parts } = this.#options;
    const find = (selector: string): Element | null => document.querySelector(`${root.localName}${selector}`);
    if (find(`[data-example="${data.example}"]`) !== root) return;
    const isFirst = find('') === root;
    const { decodeProject, ProjectLinkError } = await import('../editing/project/project-link.ts');
    try {
      const shared = await decodeProject(hash);
      if (shared.host !== data.example) {
        // Its name has letters, digits and hyphens only.
        if (isFirst && find(`[data-example="${shared.host}"]`) === null) {
          this.#tell(words.editor.otherExample(shared.host));
          this.#offerPlayground(hash);
        }
        return;
      }
      bringLanguage(parts.plugins, shared.plugin);
      const editing = await this.#open();
      editing.open(shared);
      root.scrollIntoView({ block: 'start' });
    } catch (error) {
      if (!(error instanceof ProjectLinkError)) throw error;
      if (isFirst) this.#tell(error.message);
    }
  }
}
