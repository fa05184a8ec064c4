/** The playground at work: what is chosen becomes a project, and its panel edits and runs it. */
import { words as editing } from '#words/editing/panel';
import { words } from '#words/editing/own-plugin';
import type { PlaygroundData } from '../../protocol/playground-data.ts';
import { LANGUAGE_NAMES, SOURCE_ENDINGS } from '../../protocol/plugin-languages.ts';
import type { PluginLanguage } from '../../protocol/sandbox-data.ts';
import { loadBytes } from '../run/artefact-loader.ts';
import { speakInTurn } from '../element/live-turns.ts';
import type { PlaygroundChoice } from '../playground/playground-choice.ts';
import type { OpenSandbox } from '../element/sandbox-element.ts';
import { EditPanel } from './edit-panel.ts';
import { make, makeButton } from './make-element.ts';
import type { ChangedHost, HostNeeds } from './own-wasm/host-changes.ts';
import type { OwnFile, ToldWasm } from './own-wasm/own-file.ts';
import type { EditsPart, LinkedFiles } from './project/kept-edits.ts';
import { partPair } from './project/older-edits.ts';
import { decodeProject, ProjectLinkError, type SharedProject } from './project/project-link.ts';
import type { ProjectPlugin, ProjectSubject } from './project/project-program.ts';
import { pageStore, ProjectStore } from './project/project-store.ts';
import { Project, WAT_FILE, type ProjectFile } from './project/project.ts';
import hostStart from './start/host/main.go?raw';
import pluginStart from './start/plugin/main.go?raw';
import watStart from './start/plugin/main.wat?raw';
import { assembleWat } from './project/wat-assembler.ts';

/** What a host is changed in. */
const HOST_FILE = 'host/main.go';

/** The choices of a program that is made of no example. */
const START_HOST = 'start';
const START_PLUGIN = 'go.start';

function has(select: HTMLSelectElement, value: string): boolean {
  return [...select.options].some((option) => option.value === value);
}

/** The plugin part of what is chosen. */
interface ChosenPlugin {
  readonly file: ProjectFile | undefined;
  readonly plugin: ProjectPlugin;
  readonly pluginFile: string;
  readonly pluginName: string;
  readonly shown: ProjectSubject['shown'];
  readonly download: ProjectSubject['download'];
}

/** The playground's state. */
export class PlaygroundEditing {
  readonly #sandbox: OpenSandbox;
  readonly #choice: PlaygroundChoice;
  readonly #data: PlaygroundData;
  /** Where the data is, below the site's root. */
  readonly #url: string;
  readonly #panel: EditPanel;
  #project = new Project([]);
  /** What the last link brought. */
  #link: SharedProject | undefined;
  /** The reader's own; it is nowhere but here. */
  #own: OwnFile | undefined;
  /** Of the files that were chosen, the last one counts. */
  #files = 0;

  /** Loads what can be started from. @throws Error if it can't be had */
  static async load(sandbox: OpenSandbox, choice: PlaygroundChoice, url: string): Promise<PlaygroundEditing> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(editing.unexpectedStatus(response.status));
    // Written by src/pages/playground/examples.json.ts from the same type.
    return new PlaygroundEditing(sandbox, choice, (await response.json()) as PlaygroundData, response.url);
  }

  constructor(sandbox: OpenSandbox, choice: PlaygroundChoice, data: PlaygroundData, url: string) {
    this.#url = url;
    this.#sandbox = sandbox;
    this.#choice = choice;
    this.#data = data;
    this.#panel = new EditPanel({
      parts: sandbox.parts,
      session: sandbox.session,
      dataUrl: sandbox.parts.edit.dataset['url'] ?? '',
      isPlayground: true,
      onClose: () => sandbox.parts.edit.focus(),
    });
    this.#offerGone();
  }

  /** Shows what is chosen, with what the last link brought if it is about that. */
  choose(): void {
    const { host, plugin, own } = this.#choice;
    own.hidden = plugin.value !== 'own';
    if (plugin.value !== 'own') this.#say({ sentence: '' });
    else this.#say(this.#own?.told ?? { sentence: words.chooseFile });
    const example = this.#data.examples[host.value];
    const chosen = this.#chosenPlugin(plugin.value);
    const main: ProjectFile = { path: HOST_FILE, text: example?.host ?? hostStart };
    this.#project = new Project(chosen.file === undefined ? [main] : [main, chosen.file]);
    // An edited host stays when only the plugin is another one, and the other way round.
    const parts: readonly EditsPart[] = [
      { name: `playground-host/${host.value}`, targets: ['host'] },
      { name: `playground-plugin/${plugin.value}`, targets: ['plugin'] },
    ];
    partPair(pageStore, `playground/${host.value}/${plugin.value}`, parts, this.#project);
    const { plugin: kind, pluginFile, pluginName, shown, download } = chosen;
    this.#panel.open({
      project: this.#project,
      subject: {
        plugin: kind,
        pluginFile,
        pluginName,
        shown,
        download,
        host: example && { example: host.value, artefact: this.#data.host },
        stdin: example === undefined ? 'terminal' : example.stdin,
        parts,
        link: { host: host.value, plugin: plugin.value },
      },
      keyLine: () => undefined,
      linkOf: (part) => this.#linkOf(part),
    });
    this.#dress(example?.summary ?? words.hostSummary);
  }

  /** What the last link brought of a part, if that part is what is chosen. */
  #linkOf({ targets }: EditsPart): LinkedFiles | undefined {
    const link = this.#link;
    if (link === undefined) return undefined;
    const isChosen = targets.includes('host')
      ? link.host === this.#choice.host.value
      : link.plugin === this.#choice.plugin.value;
    return isChosen ? link : undefined;
  }

  /** Takes the reader's own file, if it can be a plugin. What it replaces is gone in either case. */
  async takeFile(): Promise<void> {
    const file = this.#choice.file.files?.[0];
    if (file === undefined) return;
    this.#files += 1;
    const turn = this.#files;
    this.#own = undefined;
    this.choose();
    const { readOwnFile } = await import('./own-wasm/own-file.ts');
    const read = await readOwnFile(file, (sentence) => {
      if (turn === this.#files) this.#tell(sentence);
    });
    if (turn !== this.#files) return;
    if (read.own === undefined) {
      this.#say(read.told);
      return;
    }
    this.#own = read.own;
    this.choose();
  }

  /** Opens what a link brings. Nothing runs, and there is an editor also for a link that can't be read. */
  async openShared(fragment: string): Promise<void> {
    try {
      this.#openLink(await decodeProject(fragment));
    } catch (error) {
      if (!(error instanceof ProjectLinkError)) throw error;
      this.choose();
      this.#tell(error.message);
    }
  }

  #openLink(shared: SharedProject): void {
    const { host, plugin } = this.#choice;
    // A link to a lesson names a language where one of the playground names a choice.
    const choice = [shared.plugin, `${shared.plugin}.${shared.host}`].find((value) => has(plugin, value));
    if (!has(host, shared.host) || choice === undefined) {
      const isOfLesson = !has(host, shared.host) && !shared.plugin.includes('.');
      plugin.value = choice ?? START_PLUGIN;
      this.#openGone(shared, isOfLesson ? shared.host : `playground-gone/${shared.host}/${shared.plugin}`);
      this.#tell(words.exampleGone(has(host, shared.host) ? shared.plugin : shared.host));
      return;
    }
    host.value = shared.host;
    plugin.value = choice;
    this.#link = { ...shared, plugin: choice };
    this.choose();
  }

  /** Opens a program of an example that the site no longer has. @param name what its edits are kept as */
  #openGone(shared: SharedProject, name: string): void {
    const { host, plugin, own } = this.#choice;
    host.value = START_HOST;
    own.hidden = true;
    this.#link = undefined;
    const { from = [] } = shared;
    const chosen = this.#chosenPlugin(plugin.value);
    const start = [{ path: 'host/main.go', text: hostStart }, chosen.file].filter((file) => file !== undefined);
    this.#project = new Project(start.map((file) => from.find(({ path }) => path === file.path) ?? file));
    this.#panel.open({
      project: this.#project,
      subject: {
        ...chosen,
        host: undefined,
        stdin: 'terminal',
        parts: [{ name, targets: ['host', 'plugin'] }],
        link: { host: shared.host, plugin: shared.plugin },
      },
      keyLine: () => undefined,
      linkOf: () => shared,
    });
    this.#dress(words.hostSummary);
  }

  /** Offers the edits that this browser keeps of examples that the site no longer has. */
  #offerGone(): void {
    const { form, host, plugin } = this.#choice;
    const gone = pageStore.names.filter((name) => {
      const [kind, ...rest] = name.split('/');
      if (kind === 'playground-host') return !has(host, rest.join('/'));
      if (kind === 'playground-plugin') return !has(plugin, rest.join('/'));
      return rest.length === 0 ? !has(host, name) : !(has(host, rest[0] ?? '') && has(plugin, rest[1] ?? ''));
    });
    if (gone.length === 0) return;
    const buttons = gone.map((name) => {
      const title = name.replace(/^playground[a-z-]*\//u, '');
      return makeButton(words.openGone(title), () => {
        const kept = new ProjectStore(pageStore, name).list([]).find(({ files }) => files !== undefined);
        plugin.value = START_PLUGIN;
        const link = { host: START_HOST, plugin: START_PLUGIN, files: kept?.files ?? [], from: kept?.from };
        this.#openGone(link, name);
        this.#tell(words.exampleGone(title));
        this.#panel.focus();
      });
    });
    form.append(make('p', { class: 'edit-gone' }, words.goneKept, ' ', ...buttons));
  }

  focus(): void {
    this.#panel.focus();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #chosenPlugin(value: string): ChosenPlugin {
    if (value === 'wat') return this.#watPlugin();
    if (value === 'own') return this.#ownPlugin();
    const dot = value.indexOf('.');
    const language = value.slice(0, dot) as PluginLanguage;
    const name = value.slice(dot + 1);
    const example = this.#data.examples[name];
    const plugin = example?.plugins[language];
    if (example === undefined || plugin === undefined || language === 'go') {
      return {
        file: { path: 'plugin/main.go', text: plugin?.source ?? pluginStart },
        plugin: { kind: 'go', prebuilt: plugin?.artefact },
        pluginFile: example?.pluginFile ?? 'plugin.wasm',
        pluginName: editing.pluginIn(LANGUAGE_NAMES.go),
        shown: undefined,
        download: () => ({ kind: 'go' }),
      };
    }
    const { source, artefact } = plugin;
    return {
      file: undefined,
      plugin: { kind: 'file', load: (onProgress) => loadBytes(artefact, onProgress) },
      pluginFile: example.pluginFile,
      pluginName: editing.pluginIn(LANGUAGE_NAMES[language]),
      shown: { path: `plugin/main.${SOURCE_ENDINGS[language]}`, text: source },
      download: () => ({ kind: language, source }),
    };
  }

  #watPlugin(): ChosenPlugin {
    const text = (): string => this.#project.text(WAT_FILE);
    return {
      file: { path: WAT_FILE, text: watStart },
      plugin: { kind: 'file', load: () => this.#assemble(text()) },
      pluginFile: 'plugin.wasm',
      pluginName: editing.pluginIn('WAT'),
      shown: undefined,
      download: () => ({ kind: 'wat', source: text() }),
    };
  }

  /** @throws ProjectBuildError if it does not assemble */
  async #assemble(text: string): Promise<Uint8Array<ArrayBuffer>> {
    const project = this.#project;
    const [bytes, { lookAtWat }] = await Promise.all([assembleWat(text), import('./own-wasm/own-file.ts')]);
    const told = await lookAtWat(bytes);
    if (project === this.#project) this.#say(told);
    return bytes;
  }

  #ownPlugin(): ChosenPlugin {
    const own = this.#own;
    return {
      file: undefined,
      plugin: {
        kind: 'file',
        load: () =>
          own === undefined
            ? Promise.reject(new Error(editing.noPluginYet))
            : // The worker takes the bytes away.
              Promise.resolve(own.bytes.slice()),
      },
      pluginFile: 'plugin.wasm',
      pluginName: own === undefined ? words.ownPlugin : own.name.slice(0, 40),
      shown: undefined,
      download: () => own && { kind: 'wasm', bytes: own.bytes },
    };
  }

  /** The sandbox around the editor was rendered for one example. */
  #dress(summary: string): void {
    const { root, parts } = this.#sandbox;
    const sentence = root.querySelector('.sandbox-summary');
    if (sentence !== null) sentence.textContent = summary;
    // An edited host may read stdin where the example did not.
    parts.stdin.hidden = false;
    // They are about the example that the page was rendered with.
    for (const part of root.querySelectorAll<HTMLElement>('[data-part="recording"], .at-home')) part.hidden = true;
  }

  /** Gives the host that is shown what the plugin needs. */
  #changeHost(needs: HostNeeds, change: (source: string, needs: HostNeeds) => ChangedHost): void {
    const changed = change(this.#project.text(HOST_FILE), needs);
    switch (changed.kind) {
      case 'changed':
        this.#panel.replace(HOST_FILE, changed.source);
        this.#tell(words.host.changed(HOST_FILE));
        break;
      case 'no-place':
        this.#tell(words.host.noPlace(HOST_FILE, changed.expected));
        break;
      case 'no-type':
        this.#tell(words.host.noType(changed.name));
        break;
    }
  }

  /** Tells of a plugin, with what can be done about it. */
  #say({ sentence, offer }: ToldWasm): void {
    this.#tell(sentence);
    const { note } = this.#choice;
    note.parentElement?.querySelector('[data-part="own-offer"]')?.remove();
    const element = offer?.((needs, change) => this.#changeHost(needs, change), this.#url);
    if (element !== undefined) note.after(element);
  }

  #tell(sentence: string): void {
    const { note } = this.#choice;
    speakInTurn(note, () => sentence);
  }
}
