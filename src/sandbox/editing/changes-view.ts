/** What a reader has changed, file by file, against the example: CodeMirror's unified diff, read only. */
import { words } from '#words/editing/panel';
import { go } from '@codemirror/lang-go';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import type { Project } from './project/project.ts';

/** Shows the changed files of a project in `parent`, in place of what was there. @returns what ends it */
export function showChanges(parent: HTMLElement, project: Project): () => void {
  const views: EditorView[] = [];
  parent.replaceChildren();
  const removed = project.original.filter(({ path }) => !project.has(path)).map(({ path }) => path);
  const paths = [...project.changedPaths, ...removed];
  if (paths.length === 0) {
    const none = document.createElement('p');
    none.textContent = words.nothingChanged;
    parent.append(none);
  }
  for (const path of paths) {
    const heading = document.createElement('p');
    heading.className = 'edit-changed-file';
    heading.textContent = path;
    heading.translate = false;
    const box = document.createElement('div');
    parent.append(heading, box);
    const view = new EditorView({
      parent: box,
      doc: project.text(path),
      extensions: [
        EditorState.phrases.of(words.codeMirror),
        lineNumbers(),
        go(),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ 'aria-label': words.changesOf(path), translate: 'no' }),
        unifiedMergeView({
          original: project.originalText(path),
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
