/** CodeMirror, set up for the Go files of one project. Each file keeps its own state, so that undo does not cross files. */
import { words } from '#words/editing/panel';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { go } from '@codemirror/lang-go';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, type Text, type TransactionSpec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tagHighlighter, tags } from '@lezer/highlight';
import { showSentence, withoutFences } from '../run/verbatim.ts';
import type { Problem } from './build-words.ts';
import { make } from './make-element.ts';

/** The classes that listings have on the site, so that a token looks the same wherever it stands. */
const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword, tags.moduleKeyword], class: 't-keyword' },
  { tag: [tags.string, tags.character, tags.escape], class: 't-string' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 't-comment' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 't-function' },
  { tag: [tags.number, tags.bool, tags.null], class: 't-constant' },
]);

/** What an editor tells and is told. */
export interface CodeEditorOptions {
  /** The element to put it in. */
  readonly parent: HTMLElement;
  /** Id of the element that says how the keys work. */
  readonly describedBy: string;
  /** The reader has changed a file. */
  readonly onChange: (path: string, text: string) => void;
  /** The reader asked for a run: Ctrl-Enter, or Command-Enter. */
  readonly onRun: () => void;
  /** The reader asked for the file to be formatted: Shift-Alt-F. */
  readonly onFormat: () => void;
  /** The reader pressed Escape: put the focus behind the editor. */
  readonly onLeave: () => void;
}

/** Where a byte of a line is, in UTF-16 units: the compiler counts bytes. `column` counts from 1. */
export function unitsBeforeByte(line: string, column: number): number {
  let bytes = 1;
  let units = 0;
  for (const character of line) {
    if (bytes >= column) break;
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    units += character.length;
  }
  return units;
}

/** The editor of a project's files, one at a time. */
export class CodeEditor {
  readonly #view: EditorView;
  readonly #options: CodeEditorOptions;
  readonly #states = new Map<string, EditorState>();
  #path = '';

  constructor(options: CodeEditorOptions) {
    this.#options = options;
    this.#view = new EditorView({ parent: options.parent });
  }

  /** The file that is shown. */
  get path(): string {
    return this.#path;
  }

  /** Shows a file: as it was left, if its text is still this one; else from a line on, counted from 1. */
  show(
    path: string,
    text: string,
    { readOnly, from: first }: { readonly readOnly: boolean; readonly from: number | undefined },
  ): void {
    if (this.#path !== '') this.#states.set(this.#path, this.#view.state);
    this.#path = path;
    const kept = this.#states.get(path);
    if (kept?.doc.toString() === text) {
      this.#view.setState(kept);
      return;
    }
    this.#view.setState(this.#stateOf(path, text, readOnly));
    const { doc } = this.#view.state;
    if (first === undefined || first > doc.lines) return;
    const { from } = doc.line(first);
    const effects = EditorView.scrollIntoView(from, { y: 'start', yMargin: 0 });
    this.#view.dispatch({ selection: { anchor: from }, effects });
  }

  /** Replaces the shown file's text as one step that can be undone; what stays the same keeps its place. */
  replace(text: string): void {
    const { doc } = this.#view.state;
    const before = doc.toString();
    if (before === text) return;
    let from = 0;
    while (from < before.length && from < text.length && before[from] === text[from]) from += 1;
    let end = 0;
    while (
      end < before.length - from &&
      end < text.length - from &&
      before[before.length - 1 - end] === text[text.length - 1 - end]
    ) {
      end += 1;
    }
    this.#view.dispatch({
      changes: { from, to: before.length - end, insert: text.slice(from, text.length - end) },
      userEvent: 'input.format',
    });
  }

  /** Lets go of all states but the shown one's text: another project's files are shown next. */
  forget(): void {
    this.#states.clear();
    this.#path = '';
  }

  /** Marks the places of problems in the shown file. */
  mark(problems: readonly Problem[]): void {
    const { state } = this.#view;
    const diagnostics = problems
      .filter(({ path, line }) => path === this.#path && line > 0 && line <= state.doc.lines)
      .map((problem) => diagnosticOf(state.doc, problem));
    const spec: TransactionSpec = setDiagnostics(state, diagnostics);
    this.#view.dispatch(spec);
  }

  /** Puts the cursor at a problem of the shown file, and the focus into the editor. */
  jumpTo(problem: Problem): void {
    const { doc } = this.#view.state;
    if (problem.line > 0 && problem.line <= doc.lines) {
      const { from } = diagnosticOf(doc, problem);
      this.#view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    }
    this.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #stateOf(path: string, text: string, readOnly: boolean): EditorState {
    const extensions = [this.#extensions(path), EditorState.readOnly.of(readOnly)];
    return EditorState.create({ doc: text, extensions });
  }

  #extensions(path: string): Extension {
    const act = (action: () => void) => (): boolean => {
      action();
      return true;
    };
    const { onRun, onFormat, onLeave, onChange, describedBy } = this.#options;
    return [
      EditorState.phrases.of(words.codeMirror),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightSpecialChars({ render: drawControl }),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      bracketMatching(),
      indentOnInput(),
      indentUnit.of('\t'),
      EditorState.tabSize.of(4),
      search({ top: true }),
      path.endsWith('.go') ? go() : [],
      syntaxHighlighting(highlighter),
      // Ours first: Escape always leaves, and nothing else may take it.
      keymap.of([
        { key: 'Escape', run: act(onLeave) },
        { key: 'Mod-Enter', run: act(onRun) },
        { key: 'Shift-Alt-f', run: act(onFormat) },
        ...searchKeymap,
        ...lintKeymap,
        ...historyKeymap,
        ...defaultKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        'aria-label': words.editorOf(path),
        'aria-describedby': describedBy,
        autocapitalize: 'off',
        autocorrect: 'off',
        spellcheck: 'false',
        // Editable content takes the focus without it, but not all tools know.
        tabindex: '0',
        translate: 'no',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(path, update.state.doc.toString());
      }),
    ];
  }
}

/** The word at the problem's place, so that there is something to underline. */
function diagnosticOf(doc: Text, problem: Problem): Diagnostic {
  const { line: number, column, message } = problem;
  const line = doc.line(number);
  const from = line.from + (column > 0 ? Math.min(unitsBeforeByte(line.text, column), line.length) : 0);
  const word = /^[\p{L}\p{N}_]+|^./u.exec(line.text.slice(from - line.from))?.[0] ?? '';
  return {
    from,
    to: from + word.length,
    severity: 'error',
    message: withoutFences(message),
    renderMessage: () => draw(problem),
  };
}

/** As CodeMirror draws a message and who says it, but a tool's words are marked as such. */
function draw({ message, isVerbatim }: Problem): Node {
  const said = make('span');
  showSentence(said, message);
  if (isVerbatim) said.translate = false;
  const box = document.createDocumentFragment();
  box.append(said, make('div', { class: 'cm-diagnosticSource', text: 'go', attributes: { translate: 'no' } }));
  return box;
}

/** As CodeMirror draws a character that can't be seen, but its name comes from our table. */
function drawControl(code: number, _described: string | null, placeholder: string): HTMLElement {
  const names: Readonly<Record<number, string>> = words.controls;
  const name = words.control(names[code] ?? `0x${code.toString(16)}`);
  return make('span', { class: 'cm-specialChar', text: placeholder, attributes: { title: name, 'aria-label': name } });
}
