/** Editing in a sandbox of a lesson: its example's host and plugin, opened by its Edit button or by a link. */
import { words } from '#words/editing/panel';
import { LANGUAGE_NAMES, SOURCE_ENDINGS } from '../../protocol/plugin-languages.ts';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import { loadBytes } from '../run/artefact-loader.ts';
import type { LiveSession } from '../element/live-session.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { EditPanel } from './edit-panel.ts';
import type { LinkedFiles } from './project/kept-edits.ts';
import type { ProjectSubject } from './project/project-program.ts';
import { Project, type ProjectFile } from './project/project.ts';

/** What editing needs of a sandbox. */
export interface SandboxContext {
  readonly data: SandboxData;
  readonly parts: SandboxParts;
  readonly session: LiveSession;
  readonly language: () => PluginLanguage;
}

/** A source as the page shows it, without the marks of regions; undefined if it shows none. */
function listingOf(parts: SandboxParts, source: string): string | undefined {
  return parts.sources.find(({ dataset }) => dataset['source'] === source)?.querySelector('pre code')?.textContent;
}

/** Where the marked lines of a listing begin, counted from 1; undefined if it has none. */
function keyLineOf(parts: SandboxParts, path: string): number | undefined {
  const panel = parts.sources.find(({ dataset }) => dataset['path'] === path);
  const lines = [...(panel?.querySelectorAll('.line') ?? [])];
  const at = lines.findIndex((line) => line.localName === 'mark');
  return at === -1 ? undefined : at + 1;
}

function subjectOf({ data, parts }: SandboxContext, language: PluginLanguage): ProjectSubject {
  const artefact = data.plugins[language];
  const source = listingOf(parts, language) ?? '';
  const isGo = language === 'go';
  return {
    host: { example: data.example, artefact: data.host },
    plugin: isGo
      ? { kind: 'go', prebuilt: artefact }
      : {
          kind: 'file',
          load: (onProgress) =>
            artefact === undefined
              ? Promise.reject(new Error(words.noPluginIn(data.example, language)))
              : loadBytes(artefact, onProgress),
        },
    pluginFile: data.pluginFile,
    stdin: data.stdin,
    pluginName: words.pluginIn(LANGUAGE_NAMES[language]),
    parts: [{ name: data.example, targets: ['host', 'plugin'] }],
    link: { host: data.example, plugin: language },
    shown: isGo ? undefined : { path: `plugin/main.${SOURCE_ENDINGS[language]}`, text: source },
    download: () => (language === 'go' ? { kind: 'go' } : { kind: language, source }),
  };
}

/** The editor of one sandbox; made once, and opened as often as the reader likes. */
export class SandboxEditing {
  readonly #context: SandboxContext;
  readonly #project: Project;
  readonly #panel: EditPanel;
  #link: LinkedFiles | undefined;

  constructor(context: SandboxContext) {
    this.#context = context;
    const { parts, session } = context;
    const original = [
      { path: 'host/main.go', text: listingOf(parts, 'host') },
      { path: 'plugin/main.go', text: listingOf(parts, 'go') },
    ].filter((file): file is ProjectFile => file.text !== undefined);
    this.#project = new Project(original);
    let isOpen = true;
    this.#panel = new EditPanel({
      parts,
      session,
      dataUrl: parts.edit.dataset['url'] ?? '',
      isPlayground: false,
      onClose: () => {
        isOpen = false;
        parts.edit.focus();
      },
    });
    parts.plugins.addEventListener('change', () => {
      if (isOpen) this.open();
    });
    parts.edit.addEventListener('click', () => {
      isOpen = true;
    });
  }

  /** Opens the editor, with the files that a link brings or with those that this browser keeps. */
  open(link = this.#link): void {
    this.#link = link;
    const { language, parts } = this.#context;
    const subject = subjectOf(this.#context, language());
    const keyLine = (path: string): number | undefined => keyLineOf(parts, path);
    this.#panel.open({ project: this.#project, subject, keyLine, linkOf: () => link });
  }

  focus(): void {
    this.#panel.focus();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
