/**
 * What is shown of a program: the example, what a link brought, or edits that are kept. It keeps what the reader types, lets
 * the reader choose where there is a choice, and tells what is too large to keep or to share.
 */
import { words } from '#words/editing/edits';
import { make } from './make-element.ts';
import { KeptEdits, type EditsPart, type LinkedFiles, type Version } from './project/kept-edits.ts';
import { pageStore } from './project/project-store.ts';
import type { Project, ProjectFile } from './project/project.ts';

/** Below so many UTF-16 units no program is too large for a link. */
const FITS_SURELY = 32_768;

/** What the bar is about. */
export interface EditsContent {
  readonly project: Project;
  readonly parts: readonly EditsPart[];
  readonly linkOf: (part: EditsPart) => LinkedFiles | undefined;
}

/** What a bar tells, and asks. */
export interface EditsBarOptions {
  /** Another version is in the project now. */
  readonly onShown: () => void;
  /** The reader is told, with what can be done about it. */
  readonly tell: (text: string, action?: string, onAction?: () => void) => void;
  /** Why there can be no link to the program as it is; undefined if there can. */
  readonly whyNoLink: () => Promise<string | undefined>;
  /** Shows what became of the example, from how it was to how it is. */
  readonly showExampleChanges: (before: readonly ProjectFile[]) => void;
}

/** The bar above the files of an editor; hidden where it has nothing to say. */
export class EditsBar {
  readonly element = make('div', { class: 'edit-versions', hidden: true });
  readonly #options: EditsBarOptions;
  readonly #choices = make('div', { class: 'edit-version-choices' });
  readonly #size = make('p', { class: 'edit-why', attributes: { role: 'status' } });
  readonly #leaving = new AbortController();
  #content: EditsContent | undefined;
  #edits: readonly KeptEdits[] = [];
  /** What was shown of each part when it was left. */
  readonly #lastShown = new Map<string, string>();
  /** What links brought of each part: it takes the place of what was shown when it comes, and not each time. */
  readonly #links = new Map<string, LinkedFiles>();
  #isTold = false;

  constructor(options: EditsBarOptions) {
    this.#options = options;
    this.element.append(this.#choices, this.#size);
    const { signal } = this.#leaving;
    window.addEventListener('storage', (event) => this.#othersWrote(event), { signal });
    // What was typed in the last moment is kept too, also on a phone, which may not say more than this.
    window.addEventListener('pagehide', () => this.save(), { signal });
    document.addEventListener('visibilitychange', () => this.save(), { signal });
    window.addEventListener(
      'beforeunload',
      (event) => {
        this.save();
        if (this.#edits.some(({ isKept }) => !isKept)) event.preventDefault();
      },
      { signal },
    );
  }

  /** Puts what is to be shown into the project. What was there before is kept. */
  open(content: EditsContent): void {
    this.save();
    for (const edits of this.#edits) this.#lastShown.set(edits.part.name, edits.shownId);
    this.#content = content;
    const { project, parts, linkOf } = content;
    this.#edits = parts.map((part) => {
      const link = linkOf(part);
      const isFresh = link !== undefined && link !== this.#links.get(part.name);
      if (link !== undefined) this.#links.set(part.name, link);
      const preferred = isFresh ? undefined : this.#lastShown.get(part.name);
      return new KeptEdits({ store: pageStore, part, project }, link, preferred);
    });
    this.#isTold = false;
    this.#draw();
    this.#tellShown();
    void this.#measure();
  }

  /** What the shown files were made of, for a link. */
  get from(): readonly ProjectFile[] {
    return this.#edits.flatMap((edits) => edits.from);
  }

  /** Keeps what was typed. */
  save(): void {
    for (const edits of this.#edits) {
      const had = edits.shownId;
      const wasKept = edits.isKept;
      const { isKept, isBeside } = edits.save();
      if (!isKept && wasKept) this.#options.tell(words.notKept);
      else if (isBeside) this.#options.tell(words.keptBeside);
      if (edits.shownId !== had) this.#draw();
    }
    void this.#measure();
  }

  dispose(): void {
    this.save();
    this.#leaving.abort();
  }

  /** Tells of what is too large for a link, while it is typed. */
  async #measure(): Promise<void> {
    const project = this.#content?.project;
    if (project === undefined) return;
    const { files } = project;
    const size = files.reduce((sum, { text }) => sum + text.length, 0);
    const why = size <= FITS_SURELY ? undefined : await this.#options.whyNoLink();
    // Newer text is measured by itself.
    if (this.#content?.project !== project || project.files.some(({ text }, index) => text !== files[index]?.text))
      return;
    if (this.#size.textContent !== (why ?? '')) this.#size.textContent = why ?? '';
    this.#hideIfEmpty();
  }

  #othersWrote({ key, oldValue, newValue }: StorageEvent): void {
    if (key === null || newValue === null || !this.#edits.some((edits) => edits.concerns(key))) return;
    for (const edits of this.#edits) edits.wroteOver(key, oldValue);
    this.save();
    this.#draw();
    if (this.#isTold) return;
    this.#isTold = true;
    this.#options.tell(words.otherTab);
  }

  /** Says what is shown, if it is not only the example. */
  #tellShown(): void {
    const { tell, showExampleChanges } = this.#options;
    const shown = this.#edits.flatMap((edits) => edits.shown ?? []).filter(({ files }) => files.length > 0);
    const ofLink = this.#edits.some((edits) => edits.shown?.kind === 'link');
    const stale = shown.find(({ isStale }) => isStale);
    const others = this.#edits.flatMap((edits) => edits.others);
    const sentences = [
      ...(ofLink ? [words.cameWithLink] : shown.length > 0 ? [words.fromBefore] : []),
      ...(stale === undefined ? [] : [words.exampleChanged]),
      ...(others.some(({ kind }) => kind === 'kept') ? [words.othersKept] : []),
      ...(others.some(({ kind }) => kind === 'unreadable') ? [words.unreadableKept] : []),
    ];
    const before = stale?.from;
    if (before === undefined) tell(sentences.join(' '));
    else tell(sentences.join(' '), words.showExampleChanges, () => showExampleChanges(before));
  }

  /** One choice for each part that can be shown in several ways. */
  #draw(): void {
    const focused = this.#choices.contains(document.activeElement) ? document.activeElement : undefined;
    const choices = this.#edits.filter(({ others }) => others.length > 0).map((edits) => this.#choiceOf(edits));
    this.#choices.replaceChildren(...choices);
    this.#hideIfEmpty();
    const name = focused?.getAttribute('name');
    if (name !== undefined && name !== null) this.#choices.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  }

  #hideIfEmpty(): void {
    this.element.hidden = this.#choices.childElementCount === 0 && this.#size.textContent === '';
  }

  #choiceOf(edits: KeptEdits): HTMLElement {
    const [target, other] = edits.part.targets;
    const label = other === undefined && target !== undefined ? words.shownOf[target] : words.shown;
    const shown = edits.shownId;
    const select = make('select', { attributes: { autocomplete: 'off', name: `shown-${target ?? ''}` } });
    for (const version of edits.versions) {
      const option = make('option', { text: nameOf(version), attributes: { value: version.id } });
      option.selected = version.id === shown;
      select.append(option);
    }
    select.addEventListener('change', () => this.#choose(edits, select.value));
    return make('label', {}, label, select);
  }

  #choose(edits: KeptEdits, id: string): void {
    this.save();
    const version = edits.versions.find((one) => one.id === id);
    if (version?.kind === 'unreadable') {
      this.#draw();
      this.#options.tell(words.unreadable, words.downloadUnreadable, () => download(version.raw));
      return;
    }
    edits.show(id);
    this.#draw();
    this.#options.onShown();
    this.#tellShown();
    void this.#measure();
  }
}

function nameOf({ kind, at }: Version): string {
  switch (kind) {
    case 'example':
      return words.versions.example;
    case 'link':
      return words.versions.link;
    case 'kept':
      return at === 0 ? words.versions.keptLongAgo : words.versions.kept(new Date(at));
    case 'unreadable':
      return words.versions.unreadable;
  }
}

/** Hands the reader a text as a file. */
function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  make('a', { attributes: { href: address, download: 'edits.json' } }).click();
  setTimeout(() => URL.revokeObjectURL(address));
}
