import { words } from '#words/sandbox';
import { TRACE_EVENT, type TraceEventDetail } from '../trace/trace-event.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { SourceTabs } from './source-tabs.ts';

const TIMELINE = 0;
const CALLS = 1;
const RECORDED = 2;
const HOME = 3;

/**
 * What stands below the output and the code: timeline, calls, what was recorded, and how to run it at home. Before the first run
 * what was recorded is shown, as far as it has room; a run shows its timeline, unless the reader looks at its calls.
 */
export class PanelTabs {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #tabs: SourceTabs;

  /** @param root the sandbox */
  constructor(root: HTMLElement, parts: SandboxParts, signal: AbortSignal) {
    const { panel, panelTabs, timelinePanel, callsPanel, recordedPanel, homePanel } = parts;
    this.#root = root;
    this.#panel = panel;
    // Under a tab of its own there is nothing to unfold.
    for (const details of homePanel.querySelectorAll('details')) details.open = true;
    this.#tabs = new SourceTabs(panelTabs, words.panel, [timelinePanel, callsPanel, recordedPanel, homePanel]);
    // What was recorded there is about another program than the one that a reader puts together.
    const isPlayground = root.dataset['playground'] !== undefined;
    for (const index of [RECORDED, HOME]) this.#tabs.setAvailable(index, !isPlayground);
    this.#tabs.select(isPlayground ? TIMELINE : RECORDED);

    let chosen = this.#tabs.selected;
    this.#tabs.onChosen(() => {
      const isOpen = panel.dataset['open'] !== undefined;
      if (isOpen && this.#tabs.selected === chosen) delete panel.dataset['open'];
      else panel.dataset['open'] = '';
      chosen = this.#tabs.selected;
    }, signal);
    let shown: unknown;
    root.addEventListener(
      TRACE_EVENT,
      (event) => {
        const { trace } = (event as CustomEvent<TraceEventDetail>).detail;
        if (trace === shown) return;
        shown = trace;
        this.begin();
        if (this.#tabs.selected !== CALLS) this.#tabs.select(TIMELINE);
        chosen = this.#tabs.selected;
      },
      { signal },
    );
  }

  /** A run was asked for: its room is made at the lower edge, once. */
  begin(): void {
    this.#root.dataset['live'] = '';
    this.#panel.dataset['live'] = '';
  }
}
