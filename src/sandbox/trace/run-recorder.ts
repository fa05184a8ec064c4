import { words } from '#words/timeline';
import { LANGUAGE_NAMES } from '../../protocol/plugin-languages.ts';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import type { TraceRow } from '../../protocol/trace.ts';
import type { ActList } from '../run/act-list.ts';
import type { ProgramSource } from '../run/program-source.ts';
import type { RunOutcome } from '../run/run.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { tellTrace } from './sandbox-near.ts';
import { sessionText } from '../timeline/session-text.ts';
import type { Wiring } from '../timeline/model.ts';
import { panelsOf } from '../timeline/parts/place-timeline.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TraceStore } from './trace-store.ts';

/** Writes down what happens in a sandbox's runs, shows it in a timeline, and tells others on the page of it. */
export class RunRecorder {
  readonly #data: SandboxData;
  readonly #parts: SandboxParts;
  #timeline: Timeline | undefined;
  #facts = '';
  #trace = new TraceStore(0);

  constructor(data: SandboxData, parts: SandboxParts) {
    this.#data = data;
    this.#parts = parts;
  }

  /** A run was asked for: of the example as it was built beforehand, or of another program. @param acts it will grow */
  begin(language: PluginLanguage, acts: ActList, program?: ProgramSource): void {
    this.#trace = new TraceStore(acts.begun, acts);
    const plugin = program?.pluginName ?? words.facts.pluginIn(LANGUAGE_NAMES[language]);
    const facts = words.facts.live(plugin, this.#data.wazero);
    if (this.#timeline === undefined || this.#facts !== facts) {
      this.#timeline?.remove();
      this.#timeline = this.#makeTimeline(language, facts, program ?? this.#data);
      this.#facts = facts;
    }
    this.#timeline.show(this.#trace);
    this.#tell();
  }

  /** The host's `main` was entered. */
  started(at: number): void {
    this.#trace.begin(at);
    this.#changed();
  }

  /** @param hostReads whether the host waits for its stdin now */
  rows(rows: readonly TraceRow[], hostReads: boolean): void {
    this.#trace.add(rows);
    this.#trace.hostReads(hostReads, now());
    this.#changed();
  }

  /** The host has been given what it waited for. */
  hostHasRead(): void {
    this.#trace.hostReads(false, now());
    this.#changed();
  }

  /** There is one more act on the list. */
  acted(): void {
    this.#changed();
  }

  ended(outcome: RunOutcome): void {
    this.#trace.end(outcome, now());
    this.#changed();
  }

  #changed(): void {
    this.#timeline?.changed();
    this.#tell();
  }

  #tell(): void {
    if (this.#timeline === undefined) return;
    tellTrace(this.#parts.live, { trace: this.#trace, timeline: this.#timeline });
  }

  #makeTimeline(language: PluginLanguage, facts: string, wiring: Wiring): Timeline {
    const { example, pluginFile } = this.#data;
    const { live } = this.#parts;
    const sandbox = live.closest('plugin-sandbox');
    const options = {
      title: sandbox?.querySelector('.sandbox-title')?.textContent ?? example,
      facts,
      wiring,
      recorded: false,
      file: `${example}-${language}`,
      session: () => sessionText(this.#parts, pluginFile, this.#trace.outcome),
    };
    return new Timeline(options, (sandbox === null ? undefined : panelsOf(sandbox)) ?? { behind: live });
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
