/** What a reader has changed, file by file, against the example: CodeMirror's unified diff, read only. */
import { words } from '#words/editing/panel';
import { go } from '@codemirror/lang-go';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import type { Project, ProjectFile } from './project/project.ts';

/** A file before and after a change; the text of a file that is not there is empty. */
export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a reader changed in a project. */
export function changesOfReader(project: Project): readonly FileChange[] {
  const removed = project.original.filter(({ path }) => !project.has(path)).map(({ path }) => path);
  return [...project.changedPaths, ...removed].map((path) => ({
    path,
    before: project.originalText(path),
    after: project.text(path),
  }));
}

/** What became of a project's example since it was as `before`. */
export function changesOfExample(before: readonly ProjectFile[], project: Project): readonly FileChange[] {
  return before
    .map(({ path, text }) => ({ path, before: text, after: project.originalText(path) }))
    .filter((change) => change.before !== change.after);
}

/** Shows changes in `parent`, in place of what was there. @returns what ends it */
export function showChanges(parent: HTMLElement, changes: readonly FileChange[]): () => void {
  const views: EditorView[] = [];
  parent.replaceChildren();
  if (changes.length === 0) {
    const none = document.createElement('p');
    none.textContent = words.nothingChanged;
    parent.append(none);
  }
  for (const { path, before, after } of changes) {
    const heading = document.createElement('p');
    heading.className = 'edit-changed-file';
    heading.textContent = path;
    heading.translate = false;
    const box = document.createElement('div');
    parent.append(heading, box);
    const view = new EditorView({
      parent: box,
      doc: after,
      extensions: [
        EditorState.phrases.of(words.codeMirror),
        lineNumbers(),
        go(),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ 'aria-label': words.changesOf(path), translate: 'no' }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: 3, minSize: 6 },
        }),
      ],
    });
    // It scrolls on its own, so it takes the focus.
    view.scrollDOM.tabIndex = 0;
    views.push(view);
  }
  return () => {
    for (const view of views) view.destroy();
    parent.replaceChildren();
  };
}
