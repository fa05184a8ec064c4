/**
 * The editor of one sandbox: files in tabs, CodeMirror, the compiler's words, and what one can do with an edited program. It
 * takes the place of the listings. It is loaded on Edit; the Go compiler, which is large, only when the reader asks for it.
 */
import { words } from '#words/editing/panel';
import { words as pageWords } from '#words/sandbox';
import type { Target } from '../../protocol/toolchain.ts';
import css from '../../styles/editing.css?inline';
import type { LiveSession } from '../element/live-session.ts';
import { speakInTurn } from '../element/live-turns.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { isScriptMissing } from '../run/run-failure.ts';
import { sessionText } from '../timeline/session-text.ts';
import { AddFileForm } from './add-file-form.ts';
import { describeFailure, type BuildFailure, type Problem } from './build-words.ts';
import type { FileChange, showChanges } from './changes-view.ts';
import { changedLines } from './changed-lines.ts';
import { CodeEditor } from './code-editor.ts';
import { EditsBar } from './edits-bar.ts';
import { FileTabs } from './file-tabs.ts';
import { GoCompiler } from './go-compiler.ts';
import { make, makeButton } from './make-element.ts';
import { ProblemList } from './problem-list.ts';
import type { EditsPart, LinkedFiles } from './project/kept-edits.ts';
import { ProjectProgram, type ProjectSubject } from './project/project-program.ts';
import { nameOf, targetOf, WAT_FILE, type Project, type ProjectFile } from './project/project.ts';

/** After the last key, before the compiler is asked: 300 ms to the error, less what it needs itself. */
const CHECK_AFTER_MS = 120;
/** After the last key, before the edits are kept. */
const SAVE_AFTER_MS = 400;
/** After the last key, before a screen reader is told of problems: nobody wants to hear of half a word. */
const SPEAK_AFTER_MS = 1500;

/** What a panel belongs to. */
export interface EditPanelOptions {
  readonly parts: SandboxParts;
  readonly session: LiveSession;
  /** Address of `EditingData`. */
  readonly dataUrl: string;
  /** True if the program is run by this panel even where nothing is changed. */
  readonly isPlayground: boolean;
  /** The reader closed the editor. */
  readonly onClose: () => void;
}

/** What a panel shows: a project, and what it is about. */
export interface EditPanelContent {
  readonly project: Project;
  readonly subject: ProjectSubject;
  /** Where the lines that matter begin in a file, counted from 1. A file that is shown for the first time begins there. */
  readonly keyLine: (path: string) => number | undefined;
  /** What a link brings of a part, to show in place of what this browser keeps. */
  readonly linkOf: (part: EditsPart) => LinkedFiles | undefined;
}

/** An open editor. */
export class EditPanel {
  readonly #options: EditPanelOptions;
  readonly #sources: HTMLElement;
  readonly #root: HTMLElement;
  readonly #code = make('div', {
    class: 'edit-code',
    id: `editor-${crypto.randomUUID()}`,
    attributes: { role: 'tabpanel' },
  });
  readonly #keys = make('p', { class: 'edit-keys', id: `keys-${crypto.randomUUID()}`, attributes: { tabindex: '-1' } });
  readonly #note = make('p', { class: 'edit-note' });
  readonly #announce = make('p', { class: 'sr-only', attributes: { role: 'status' } });
  readonly #changes = make('div', { class: 'edit-changes', hidden: true });
  readonly #showChanges = makeButton(words.changes, () => this.#withPart(() => this.#toggleChanges()), {
    'aria-expanded': 'false',
  });
  readonly #removeFile = makeButton('', () => this.#remove(), {
    class: 'edit-remove',
    'aria-label': words.removeFile,
    title: words.removeFile,
  });
  readonly #tabs = new FileTabs(this.#code, (path) => this.#show(path));
  readonly #problems = new ProblemList(
    (problem) => this.#jumpTo(problem),
    ({ path }) => path !== undefined && this.#paths.includes(path),
  );
  readonly #edits = new EditsBar({
    onShown: () => this.#showOther(),
    tell: (text, action, onAction) => this.#tell(text, action, onAction),
    whyNoLink: () => this.#whyNoLink(),
    showExampleChanges: (before) => void this.#showExampleChanges(before),
  });
  readonly #editor: CodeEditor;
  readonly #compiler: GoCompiler;
  #content: EditPanelContent | undefined;
  #program: ProjectProgram | undefined;
  /** What the compiler last said of a target; undefined if nothing is wrong. */
  readonly #failures = new Map<Target, BuildFailure | undefined>();
  /** Targets whose text is another than the one that the compiler has last spoken of. */
  readonly #unchecked = new Set<Target>();
  /** What a run found besides, such as the linker: it holds until the target is changed. */
  readonly #runFailures = new Map<Target, BuildFailure>();
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #speakTimer: ReturnType<typeof setTimeout> | undefined;
  #endChanges: (() => void) | undefined;
  /** The fragment of the last link that was copied here. */
  #copied: string | undefined;

  constructor(options: EditPanelOptions) {
    this.#options = options;
    const { parts } = options;
    const sources = parts.edit.closest<HTMLElement>('.sandbox-sources');
    if (sources === null) throw new Error('expected the Edit button in .sandbox-sources, found it elsewhere');
    this.#sources = sources;
    addStyles();

    this.#compiler = new GoCompiler({
      dataUrl: options.dataUrl,
      onState: () => this.#drawProblems(false),
      onReady: () => this.#check(),
      onFound: (target, found) => {
        // What was typed since is about to be checked.
        if (this.#unchecked.has(target) || this.#content?.project.isEditable(target) !== true) return;
        this.#failures.set(target, describeFailure(target, found));
        this.#drawProblems(true);
      },
      onFocusLost: () => this.#keys.focus(),
      say: (text) => this.#say(text),
    });
    this.#keys.textContent = words.keys;
    // Back means in front of the editor: into it again would be a trap.
    this.#keys.addEventListener('keydown', (event) => {
      if (event.key !== 'Tab' || !event.shiftKey || event.target !== this.#keys) return;
      event.preventDefault();
      if (!this.#compiler.focusOffer()) this.#tabs.focus();
    });
    this.#root = this.#layOut();
    sources.append(this.#root);
    sources.classList.add('editing');
    this.#editor = new CodeEditor({
      parent: this.#code,
      describedBy: this.#keys.id,
      onChange: (path, text) => this.#changed(path, text),
      onRun: () => parts.run.click(),
      onFormat: () => void this.#format(),
      onLeave: () => this.#keys.focus(),
    });
  }

  /** Everything in its place. */
  #layOut(): HTMLElement {
    const addForm = new AddFileForm({
      onAdd: (target, name) => this.#add(target, name),
      onCancel: () => this.#tabs.focus(),
    });
    const addFile = makeButton('', () => addForm.open(), {
      class: 'edit-add-file',
      'aria-label': words.addFile,
      title: words.addFile,
    });
    const link = { 'aria-label': words.copyLink, title: words.copyLink };
    // Run is where it was, in the sandbox's own bar.
    const actions = make(
      'div',
      { class: 'edit-actions' },
      addFile,
      this.#removeFile,
      makeButton(words.format, () => void this.#format()),
      this.#showChanges,
      makeButton(words.reset, () => this.#reset()),
      makeButton(words.link, () => this.#withPart(() => this.#copyLink()), link),
      makeButton(words.download, () => this.#withPart(() => this.#download())),
      makeButton(words.close, () => this.close()),
    );
    return make(
      'div',
      { class: 'edit-panel' },
      this.#edits.element,
      make('div', { class: 'edit-head' }, this.#tabs.list, actions),
      addForm.element,
      this.#code,
      this.#changes,
      this.#keys,
      make('div', { class: 'edit-foot' }, this.#note, this.#compiler.element, this.#problems.section),
      this.#announce,
    );
  }

  /** Shows a project, with what this browser keeps of it or a link brings. */
  open(content: EditPanelContent): void {
    clearTimeout(this.#saveTimer);
    this.#content = content;
    const { project, subject, linkOf } = content;
    this.#edits.open({ project, parts: subject.parts, linkOf });
    this.#program = new ProjectProgram({
      project,
      subject,
      toolchain: () => this.#compiler.open(),
      onFetch: (listener) => {
        this.#compiler.onFetch = listener;
      },
      onBuilt: (target, failure) => {
        if (failure === undefined) this.#runFailures.delete(target);
        else this.#runFailures.set(target, failure);
        this.#drawProblems(true);
      },
    });
    this.#failures.clear();
    this.#runFailures.clear();
    this.#unchecked.clear();
    this.#editor.forget();
    this.#show(this.#paths[0] ?? '');
    this.#handOver();
    this.#drawProblems(false);
    this.#check();
    this.#sources.classList.add('editing');
    this.#root.hidden = false;
  }

  /** Puts the focus where the reader goes on: into the code, or on its tab where a keyboard would cover half the screen. */
  focus(): void {
    if (matchMedia('(pointer: coarse)').matches) this.#tabs.focus();
    else this.#editor.focus();
  }

  /** Shows a file and gives it another text, as its reader would, who can undo it. */
  replace(path: string, text: string): void {
    this.#show(path);
    this.#editor.replace(text);
  }

  /** Shows the listings again. The edits are kept; Run runs the example. */
  close(): void {
    this.#save();
    this.#root.hidden = true;
    this.#sources.classList.remove('editing');
    if (!this.#options.isPlayground) this.#options.session.program = undefined;
    this.#options.onClose();
  }

  /** Ends the editor, and the toolchain with it. */
  dispose(): void {
    this.#edits.dispose();
    for (const timer of [this.#checkTimer, this.#saveTimer, this.#speakTimer]) clearTimeout(timer);
    this.#compiler.dispose();
    this.#endChanges?.();
    this.#editor.destroy();
    this.#root.remove();
    this.#sources.classList.remove('editing');
  }

  /** The files that can be shown: of the plugin only where it is written in Go, or assembled, here. */
  get #paths(): readonly string[] {
    if (this.#content === undefined) return [];
    const { project, subject } = this.#content;
    const paths = project.files
      .map(({ path }) => path)
      .filter((path) => targetOf(path) === 'host' || path === WAT_FILE || subject.plugin.kind === 'go');
    return subject.shown === undefined ? paths : [...paths, subject.shown.path];
  }

  /** Where a file is shown from: its first changed line, else where its lines that matter begin. */
  #firstLineOf(path: string): number | undefined {
    if (this.#content === undefined) return undefined;
    const { project, keyLine } = this.#content;
    const lines = (text: string): string[] => text.split('\n');
    const changed = project.has(path)
      ? changedLines(lines(project.originalText(path)), lines(project.text(path)))[0]
      : undefined;
    return changed === undefined ? keyLine(path) : changed + 1;
  }

  #show(path: string): void {
    if (this.#content === undefined) return;
    const { project, subject } = this.#content;
    const shown = subject.shown?.path === path ? subject.shown : undefined;
    this.#editor.show(path, shown?.text ?? project.text(path), {
      readOnly: shown !== undefined,
      from: this.#firstLineOf(path),
    });
    this.#removeFile.hidden = shown !== undefined || !project.isRemovable(path);
    this.#drawTabs();
    this.#editor.mark(this.#allProblems);
  }

  #drawTabs(): void {
    const project = this.#content?.project;
    if (project === undefined) return;
    const changed = new Set(project.changedPaths);
    const problems = this.#allProblems;
    this.#tabs.draw(
      this.#paths.map((path) => ({
        path,
        isChanged: changed.has(path),
        problems: problems.filter((problem) => problem.path === path).length,
      })),
      this.#editor.path,
    );
  }

  #changed(path: string, text: string): void {
    this.#content?.project.setText(path, text);
    this.#runFailures.delete(targetOf(path));
    this.#unchecked.add(targetOf(path));
    this.#handOver();
    this.#showVerdict(false);
    this.#drawTabs();
    this.#endShowingChanges();
    // A reload would show the program as it was when its link was copied.
    if (this.#copied !== undefined && location.hash === this.#copied) {
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#save(), SAVE_AFTER_MS);
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => this.#check(targetOf(path)), CHECK_AFTER_MS);
  }

  /** Tells the sandbox what Run runs. */
  #handOver(): void {
    if (this.#content === undefined) return;
    const { project, subject } = this.#content;
    const isChanged = project.isChanged('host') || (subject.plugin.kind === 'go' && project.isChanged('plugin'));
    this.#options.session.program = isChanged || this.#options.isPlayground ? this.#program : undefined;
  }

  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    this.#edits.save();
  }

  /** The project's files are others now. */
  #showOther(): void {
    const path = this.#editor.path;
    this.#editor.forget();
    this.#show(this.#paths.includes(path) ? path : (this.#paths[0] ?? ''));
    this.#failures.clear();
    this.#runFailures.clear();
    this.#handOver();
    this.#endShowingChanges();
    this.#drawProblems(false);
    this.#check();
  }

  // What the compiler says

  /** Asks the compiler what is wrong: with one target, or both. */
  #check(target?: Target): void {
    if (this.#compiler.state !== 'ready' || this.#content === undefined) return;
    const { project, subject } = this.#content;
    const targets: readonly Target[] = target === undefined ? ['host', 'plugin'] : [target];
    for (const one of targets) {
      if (!project.isEditable(one) || (one === 'plugin' && subject.plugin.kind !== 'go')) {
        this.#unchecked.delete(one);
        continue;
      }
      this.#unchecked.add(one);
      const sources = project.sourcesOf(one);
      this.#compiler
        .open()
        .then((go) => go.check(one, sources))
        .then(
          (result) => {
            // Undefined: a newer check is on its way.
            if (result === undefined || this.#content?.project !== project) return;
            // Neither is what it says of a text that was typed over meanwhile; that is about to be checked.
            if (JSON.stringify(sources) !== JSON.stringify(project.sourcesOf(one))) return;
            this.#unchecked.delete(one);
            this.#failures.set(one, result.kind === 'ok' ? undefined : describeFailure(one, result));
            this.#drawProblems(true);
          },
          (error: unknown) => this.#compiler.lose(error),
        );
    }
  }

  get #allFailures(): readonly BuildFailure[] {
    const targets: readonly Target[] = ['host', 'plugin'];
    return targets
      .map((target) => this.#failures.get(target) ?? this.#runFailures.get(target))
      .filter((failure) => failure !== undefined);
  }

  get #allProblems(): readonly Problem[] {
    return this.#allFailures.flatMap(({ problems }) => problems);
  }

  #drawProblems(speak: boolean): void {
    this.#showVerdict(speak);
    this.#editor.mark(this.#allProblems);
    this.#drawTabs();
  }

  #showVerdict(speak: boolean): void {
    const problems = this.#allProblems;
    const sentences = this.#allFailures.map(({ sentence }) => sentence);
    const isSettled = this.#unchecked.size === 0 || this.#compiler.state !== 'ready';
    const verdict = sentences.length > 0 && isSettled ? sentences.join(' ') : this.#verdictWithoutProblems();
    this.#problems.show(verdict, problems, false);
    clearTimeout(this.#speakTimer);
    if (!speak) return;
    this.#speakTimer = setTimeout(() => this.#problems.show(verdict, problems, true), SPEAK_AFTER_MS);
  }

  #verdictWithoutProblems(): string {
    switch (this.#compiler.state) {
      case 'not asked for':
        return words.notChecked;
      case 'loading':
        return words.compilerOnItsWay;
      case 'ready':
        return this.#unchecked.size > 0 ? words.checking : words.noProblems(this.#compiler.version);
    }
  }

  #jumpTo(problem: Problem): void {
    if (problem.path === undefined) return;
    if (problem.path !== this.#editor.path && this.#paths.includes(problem.path)) this.#show(problem.path);
    this.#editor.jumpTo(problem);
  }

  async #format(): Promise<void> {
    const path = this.#editor.path;
    if (this.#content === undefined || !path.endsWith('.go')) {
      this.#tell(words.formatsGoOnly);
      return;
    }
    const text = this.#content.project.text(path);
    try {
      this.#tell(words.formatting);
      const go = await this.#compiler.open();
      const result = await go.format({ name: nameOf(path), text });
      if (result.kind === 'diagnostics') {
        const first = result.diagnostics[0];
        this.#tell(words.cannotFormat(path, first?.line ?? 0, first?.message ?? ''));
        return;
      }
      // The reader may have typed on meanwhile.
      if (this.#editor.path !== path || this.#content.project.text(path) !== text) {
        this.#tell(words.changedMeanwhile);
        return;
      }
      this.#tell(result.text === text ? words.nothingToFormat : words.formatted);
      this.#editor.replace(result.text);
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  // Files

  /** Returns why a file can't be added; undefined if it was, and is shown. */
  #add(target: Target, name: string): string | undefined {
    if (this.#content === undefined) return undefined;
    const { project, subject } = this.#content;
    if (target === 'plugin' && subject.plugin.kind !== 'go') return words.pluginNotGo;
    const refusal = project.whyNot(target, name);
    if (refusal !== undefined) return refusal;
    const path = project.add(target, name);
    this.#show(path);
    this.#changed(path, project.text(path));
    this.#editor.focus();
    return undefined;
  }

  #remove(): void {
    if (this.#content === undefined) return;
    const path = this.#editor.path;
    const { project } = this.#content;
    const text = project.text(path);
    project.remove(path);
    this.#show(this.#paths[0] ?? '');
    this.#changed(this.#editor.path, project.text(this.#editor.path));
    this.#check(targetOf(path));
    this.#tabs.focus();
    this.#tell(words.removed(path), words.bringBack, () => {
      project.restore([...project.files, { path, text }]);
      this.#show(path);
      this.#changed(path, text);
      this.#tabs.focus();
    });
  }

  #reset(): void {
    if (this.#content === undefined) return;
    const { project } = this.#content;
    if (!project.isChanged()) {
      this.#tell(words.nothingToReset);
      return;
    }
    const edits = project.files;
    const apply = (files: readonly ProjectFile[]): void => {
      project.restore(files);
      const path = this.#editor.path;
      this.#editor.forget();
      this.#show(this.#paths.includes(path) ? path : (this.#paths[0] ?? ''));
      this.#changed(this.#editor.path, project.text(this.#editor.path));
      this.#check();
    };
    apply(project.original);
    this.#tell(words.isReset, words.bringEditsBack, () => {
      apply(edits);
      this.#tell(words.editsAreBack);
      this.#tabs.focus();
    });
  }

  async #toggleChanges(): Promise<void> {
    if (this.#endChanges !== undefined) {
      this.#endShowingChanges();
      return;
    }
    const view = await import('./changes-view.ts');
    if (this.#content === undefined) return;
    this.#showInChanges(view.showChanges, view.changesOfReader(this.#content.project));
  }

  async #showExampleChanges(before: readonly ProjectFile[]): Promise<void> {
    const view = await import('./changes-view.ts');
    if (this.#content === undefined) return;
    this.#endShowingChanges();
    this.#showInChanges(view.showChanges, view.changesOfExample(before, this.#content.project));
    this.#changes.scrollIntoView({ block: 'nearest' });
  }

  #showInChanges(show: typeof showChanges, changes: readonly FileChange[]): void {
    this.#endChanges = show(this.#changes, changes);
    this.#changes.hidden = false;
    this.#showChanges.ariaExpanded = 'true';
  }

  #endShowingChanges(): void {
    this.#endChanges?.();
    this.#endChanges = undefined;
    this.#changes.hidden = true;
    this.#showChanges.ariaExpanded = 'false';
  }

  // Away from here

  /** The fragment of a link to the program as it is now. @throws ProjectLinkError if it is too large */
  async #fragment({ project, subject }: EditPanelContent): Promise<string> {
    const { encodeProject } = await import('./project/project-link.ts');
    const changed = new Set(project.changedPaths);
    const files = project.files.filter(({ path }) => changed.has(path));
    return encodeProject({ ...subject.link, files, from: this.#edits.from });
  }

  async #whyNoLink(): Promise<string | undefined> {
    if (this.#content === undefined) return undefined;
    try {
      await this.#fragment(this.#content);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #copyLink(): Promise<void> {
    if (this.#content === undefined) return;
    // First what is to be told of it: a link to a program that a reader still types on would say less than it.
    this.#save();
    try {
      this.#copied = await this.#fragment(this.#content);
      history.replaceState(history.state, '', this.#copied);
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
      return;
    }
    try {
      await navigator.clipboard.writeText(location.href);
      this.#tell(words.copied);
    } catch {
      this.#tell(words.notCopied);
    }
  }

  async #download(): Promise<void> {
    if (this.#content === undefined) return;
    const { project, subject } = this.#content;
    const plugin = subject.download();
    if (plugin === undefined) {
      this.#tell(words.noPluginYet);
      return;
    }
    try {
      const [{ goMod, goSum }, { zipProject }] = await Promise.all([
        this.#compiler.loadData(),
        import('./project/project-zip.ts'),
      ]);
      const files = project.files.filter(
        ({ path }) => path !== WAT_FILE && (targetOf(path) === 'host' || plugin.kind === 'go'),
      );
      const name = subject.pluginFile.replace(/\.wasm$/u, '');
      const zip = zipProject({ name, files, plugin, goMod, goSum, transcript: this.#transcript(subject) });
      const address = URL.createObjectURL(new Blob([zip], { type: 'application/zip' }));
      make('a', { attributes: { href: address, download: `${name}.zip` } }).click();
      setTimeout(() => URL.revokeObjectURL(address));
      this.#tell(words.downloaded(`${name}.zip`));
    } catch (error) {
      if (isScriptMissing(error)) throw error;
      this.#tell(words.notDownloaded(error instanceof Error ? error.message : String(error)));
    }
  }

  /** The last run as it stands in the log; undefined if there was none. */
  #transcript(subject: ProjectSubject): string | undefined {
    const { parts, session } = this.#options;
    if (parts.state.dataset['state'] === 'idle') return undefined;
    return sessionText(parts, subject.pluginFile, session.outcome);
  }

  /** Does what a script does that is loaded for it. */
  #withPart(act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      if (!isScriptMissing(error)) throw error;
      this.#tell(words.partNotLoaded, pageWords.reload, () => location.reload());
    });
  }

  /** Tells something below the actions, with a button to undo it if there is one. */
  #tell(text: string, action?: string, onAction?: () => void): void {
    this.#note.replaceChildren(text);
    if (action !== undefined && onAction !== undefined) this.#note.append(' ', makeButton(action, onAction));
    this.#say(text);
  }

  #say(text: string): void {
    if (text !== '') speakInTurn(this.#announce, () => text);
  }
}

/** The editor's rules come with the editor. */
function addStyles(): void {
  const id = 'editing-styles';
  if (document.getElementById(id) !== null) return;
  document.head.append(make('style', { id, text: css }));
}
