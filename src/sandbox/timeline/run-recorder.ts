import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import type { TraceRow } from '../../protocol/trace.ts';
import type { RunOutcome } from '../run.ts';
import type { SandboxParts } from '../sandbox-parts.ts';
import { TRACE_EVENT, type TraceEventDetail } from '../trace-event.ts';
import { sessionText } from './session-text.ts';
import { Timeline } from './timeline.ts';
import { TraceStore } from './trace-store.ts';

const LANGUAGES: Readonly<Record<PluginLanguage, string>> = { go: 'Go', c: 'C', rust: 'Rust' };

/** Writes down what happens in a sandbox's runs, shows it in a timeline, and tells others on the page of it. */
export class RunRecorder {
  readonly #data: SandboxData;
  readonly #parts: SandboxParts;
  #timeline: Timeline | undefined;
  #language: PluginLanguage | undefined;
  #trace = new TraceStore(0);

  constructor(data: SandboxData, parts: SandboxParts) {
    this.#data = data;
    this.#parts = parts;
  }

  /** A run was asked for. */
  begin(language: PluginLanguage): void {
    this.#trace = new TraceStore(now());
    if (this.#timeline === undefined || this.#language !== language) {
      this.#timeline?.remove();
      this.#timeline = this.#makeTimeline(language);
      this.#language = language;
    }
    this.#timeline.show(this.#trace);
    this.#tell();
  }

  /** The host's `main` was entered. */
  started(at: number): void {
    this.#trace.begin(at);
    this.#changed();
  }

  rows(rows: readonly TraceRow[]): void {
    this.#trace.add(rows);
    this.#changed();
  }

  typed(text: string, bytes: number): void {
    this.#trace.act({ kind: 'typed', at: now(), text, bytes });
    this.#changed();
  }

  closed(): void {
    this.#trace.act({ kind: 'closed', at: now() });
    this.#changed();
  }

  ended(outcome: RunOutcome): void {
    const at = now();
    if (outcome.kind === 'stopped') this.#trace.act({ kind: 'stopped', at });
    this.#trace.end(outcome, at);
    this.#changed();
  }

  #changed(): void {
    this.#timeline?.changed();
    this.#tell();
  }

  #tell(): void {
    if (this.#timeline === undefined) return;
    const detail: TraceEventDetail = { trace: this.#trace, timeline: this.#timeline };
    this.#parts.live.dispatchEvent(new CustomEvent(TRACE_EVENT, { bubbles: true, detail }));
  }

  #makeTimeline(language: PluginLanguage): Timeline {
    const { example, pluginFile, wazero, stdin } = this.#data;
    const { live } = this.#parts;
    const options = {
      title: live.closest('plugin-sandbox')?.querySelector('.sandbox-title')?.textContent ?? example,
      facts: `${LANGUAGES[language]} plugin, wazero ${wazero}, in this page`,
      stream: stdin,
      recorded: false,
      file: `${example}-${language}`,
      session: () => sessionText(this.#parts, pluginFile, this.#trace.outcome),
    };
    return new Timeline(options, (section) => {
      live.closest('.sandbox-body')?.classList.add('with-timeline');
      live.after(section);
    });
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
