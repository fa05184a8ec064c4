import { words } from '#words/sandbox';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import { showChip, showFailure } from '../chips/show-chip.ts';
import { EditOpener } from './edit-opener.ts';
import { RUN_LINK } from '../sharing/link-prefixes.ts';
import { followChosenLanguage } from '../language/plugin-switch.ts';
import type { LiveSession } from './live-session.ts';
import { offerReload } from '../run/reload-offer.ts';
import { savesData } from '../run/saves-data.ts';
import { foldSources } from '../panes/fold-sources.ts';
import { PanelTabs } from '../panes/panel-tabs.ts';
import { findParts, type SandboxParts } from './sandbox-parts.ts';
import { SourceTabs } from '../panes/source-tabs.ts';
import { StdinForm } from './stdin-form.ts';

/** On a phone: what keeps the last answer in sight while its keyboard is open. */
function followKeyboard(root: HTMLElement, parts: SandboxParts, signal: AbortSignal): void {
  parts.line.addEventListener(
    'focus',
    () => {
      if (!matchMedia('(max-width: 50rem)').matches) return;
      import('../panes/visual-viewport.ts').then(
        ({ keepInSight }) => keepInSight(root, parts.line),
        () => undefined,
      );
    },
    { signal },
  );
}

/** A sandbox that others on the page work with. */
export interface OpenSandbox {
  readonly root: HTMLElement;
  readonly parts: SandboxParts;
  readonly session: LiveSession;
}

/** The panel that shows the host's source. */
const HOST_SOURCE = 'host';

/**
 * `<plugin-sandbox>`: an example that runs. The server renders it whole (sources, recorded session); this script adds what
 * needs one. It is small, since it comes with the page; what runs programs is loaded at the first sign of intent.
 */
export class SandboxElement extends HTMLElement {
  #session: Promise<LiveSession> | undefined;
  #live: LiveSession | undefined;
  /** A run that was asked for before the live part was there; Stop takes it back. */
  #asked: AbortController | undefined;
  #listeners: AbortController | undefined;

  connectedCallback(): void {
    const parts = findParts(this);
    const data = this.#readData();
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;

    const tabs = new SourceTabs(parts.tabs, words.sourceFiles, parts.sources);
    foldSources(parts, signal);
    const panel = new PanelTabs(this, parts, signal);
    parts.run.addEventListener('click', () => panel.begin(), { signal });
    followKeyboard(this, parts, signal);
    for (const button of [parts.stop, parts.send, parts.closeStdin]) {
      button.disabled = false;
      button.ariaDisabled = 'true';
    }
    this.#followLanguage(parts, tabs, signal);
    parts.live.hidden = false;

    const session = (): Promise<LiveSession> => this.#openSession(data, parts);
    this.#listenToRun(data, parts, session, signal);
    new EditOpener({ root: this, data, parts, session, language: () => languageOf(parts), signal });
    const stop = (): void => {
      this.#asked?.abort();
      this.#live?.stop();
    };
    parts.stop.addEventListener('click', stop, { signal });
    new StdinForm(
      { form: parts.stdin, line: parts.line, closeStdin: parts.closeStdin },
      {
        type: (text) => this.#live?.type(text) === true,
        closeStdin: () => this.#live?.closeStdin() === true,
        stop,
      },
      signal,
    );
  }

  /** What is loaded for a run, at the first sign of intent. */
  #listenToRun(data: SandboxData, parts: SandboxParts, session: () => Promise<LiveSession>, signal: AbortSignal): void {
    const show = (name: 'loading' | 'failed' | 'stopped', plugin: string, host: string): void => {
      showChip(parts.state, { name, text: plugin, spoken: plugin });
      const met = name === 'failed' ? { met: 'failure' as const } : {};
      showChip(parts.hostState, { name, text: host, spoken: host, ...met });
      showFailure(parts.failure, name === 'failed' ? host : undefined);
      offerReload(parts.failure, name === 'failed');
      parts.stop.ariaDisabled = name === 'loading' ? null : 'true';
    };
    const tellNotLoaded = (): void => {
      show('failed', words.didNotStart, words.notLoaded);
      parts.run.textContent = words.runAgain;
    };
    const warm = (): void => {
      // A reader who saves data pays for a run only.
      if (savesData()) return;
      session().then(
        (live) => live.warm(languageOf(parts)),
        () => {
          // Run will try again, and tell.
        },
      );
    };
    parts.run.addEventListener('pointerenter', warm, { signal });
    parts.run.addEventListener('focus', warm, { signal });
    parts.run.addEventListener(
      'click',
      () => {
        this.#asked?.abort();
        const asked = new AbortController();
        this.#asked = asked;
        if (this.#live === undefined) {
          show('loading', words.loading, words.notStarted);
          asked.signal.addEventListener('abort', () => {
            if (this.#live === undefined) show('stopped', words.stopped, words.stopped);
          });
        }
        session().then(
          (live) => {
            if (!asked.signal.aborted) live.run(languageOf(parts));
          },
          () => {
            if (!asked.signal.aborted) tellNotLoaded();
          },
        );
      },
      { signal },
    );
    this.#listenToLinks(data, parts, session, tellNotLoaded, signal);
  }

  /** Copies links to a run, and shows what one brings. */
  #listenToLinks(
    data: SandboxData,
    parts: SandboxParts,
    session: () => Promise<LiveSession>,
    tellNotLoaded: () => void,
    signal: AbortSignal,
  ): void {
    parts.copyLink.addEventListener(
      'click',
      () => {
        Promise.all([session(), import('../sharing/run-sharing.ts')]).then(
          ([live, { copyRunLink }]) =>
            copyRunLink(live, { element: this, example: data.example, parts, language: languageOf(parts) }),
          tellNotLoaded,
        );
      },
      { signal },
    );
    const restoreShared = (): void => {
      this.#restoreShared(data, parts, session).catch(tellNotLoaded);
    };
    // A link may come to a page that is open already.
    window.addEventListener('hashchange', restoreShared, { signal });
    restoreShared();
  }

  /** Loads the live part, for the playground around this sandbox. */
  async open(): Promise<OpenSandbox> {
    const parts = findParts(this);
    return { root: this, parts, session: await this.#openSession(this.#readData(), parts) };
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
    this.#asked?.abort();
    this.#live?.stop();
  }

  #readData(): SandboxData {
    const script = this.querySelector('script[data-part="data"]');
    // Rendered by Sandbox.astro from the same type.
    return JSON.parse(script?.textContent ?? '') as SandboxData;
  }

  #openSession(data: SandboxData, parts: SandboxParts): Promise<LiveSession> {
    if (this.#session !== undefined) return this.#session;
    const opening = import('./live-session.ts').then(async (module) => {
      this.#live = await module.LiveSession.open(data, parts);
      return this.#live;
    });
    this.#session = opening;
    // A failure is forgotten, so that the next time tries again.
    opening.catch(() => (this.#session = undefined));
    return opening;
  }

  /** Only `run-sharing.ts` reads a link to a run, so that a page without such a link loads nothing for it. */
  async #restoreShared(data: SandboxData, parts: SandboxParts, session: () => Promise<LiveSession>): Promise<void> {
    const { hash } = location;
    if (!hash.startsWith(RUN_LINK)) return;
    const { restoreSharedRun } = await import('../sharing/run-sharing.ts');
    await restoreSharedRun({ element: this, example: data.example, parts, session }, hash);
  }

  /** The source tabs follow the chosen plugin. */
  #followLanguage(parts: SandboxParts, tabs: SourceTabs, signal: AbortSignal): void {
    const follow = (): void => {
      const language = languageOf(parts);
      for (const home of parts.homePanel.querySelectorAll<HTMLElement>('[data-language]')) {
        home.hidden = home.dataset['language'] !== language;
      }
      parts.sources.forEach((panel, index) => {
        const source = panel.dataset['source'];
        const available = source === HOST_SOURCE || source === language;
        tabs.setAvailable(index, available);
        panel.toggleAttribute('data-unavailable', !available);
        if (!available && index === tabs.selected) {
          tabs.select(parts.sources.findIndex(({ dataset }) => dataset['source'] === language));
        }
      });
    };
    parts.plugins.hidden = false;
    parts.plugins.addEventListener('change', follow, { signal });
    follow();
    // The playground's plugin is chosen above it.
    if (this.dataset['playground'] !== undefined) return;
    const isBusy = (): boolean => parts.stop.ariaDisabled === null || this.querySelector('.editing') !== null;
    followChosenLanguage(parts.plugins, { isBusy, signal });
  }
}

function languageOf(parts: SandboxParts): PluginLanguage {
  const checked = parts.plugins.querySelector<HTMLInputElement>('input:checked');
  return (checked?.value ?? 'go') as PluginLanguage;
}
