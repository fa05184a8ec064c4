import { words } from '#words/lessons';
import { predictedOutcome, type PredictedCall, type PredictedOutcome } from './prediction-outcome.ts';
import { hush, speakInTurn } from '../element/live-turns.ts';
import { onTrace, sandboxNear, traceClock } from '../trace/sandbox-near.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';

/**
 * `<plugin-prediction>`: a question before Run. The run answers it: what the trace shows is right, and the row that shows it
 * is marked. What is said of a bet stands in the sandbox, beside the run, in room that is kept for it from the run's beginning;
 * so nothing moves when it comes. Nothing is scored or sent, and pressing Run without an answer is fine.
 */
export class PredictionElement extends HTMLElement {
  #listeners: AbortController | undefined;
  #revealed: TraceOfRun | undefined;
  #begun: TraceOfRun | undefined;
  #said: HTMLElement | undefined;

  connectedCallback(): void {
    const sandbox = sandboxNear(this, this.dataset['example'] ?? '');
    if (sandbox === undefined) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    // Rendered by Predict.astro from the same type.
    const call = JSON.parse(this.dataset['call'] ?? '') as PredictedCall;
    onTrace(
      sandbox,
      ({ trace, timeline }) => {
        if (trace === this.#revealed) return;
        if (trace !== this.#begun) this.#begin(trace, sandbox);
        const found = predictedOutcome(call, trace, traceClock());
        if (found === undefined) return;
        this.#revealed = trace;
        this.#reveal(found.outcome);
        timeline.mark([`call-${String(found.row.id)}`]);
      },
      signal,
    );
    // Another answer belongs to the next run.
    this.addEventListener('change', () => this.#forget(), { signal });
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  /** A run has begun, which will answer. */
  #begin(trace: TraceOfRun, sandbox: HTMLElement): void {
    this.#begun = trace;
    const strip = sandbox.querySelector<HTMLElement>('[data-part="challenge"]');
    if (strip === null) return;
    strip.hidden = false;
    if (this.#said === undefined) {
      this.#said = document.createElement('div');
      this.#said.className = 'bet';
      this.#said.dataset['words'] = '';
      strip.prepend(this.#said);
    }
    this.#forget();
  }

  #reveal(outcome: PredictedOutcome): void {
    const chosen = this.#chosen;
    const reasons: string[] = [];
    for (const option of this.querySelectorAll<HTMLElement>('[data-outcome]')) {
      const isRight = option.dataset['outcome'] === outcome;
      const isChosen = chosen !== null && option.contains(chosen);
      option.dataset['verdict'] = isRight ? 'right' : isChosen ? 'wrong' : 'other';
      const why = option.querySelector('[data-part="why"]')?.textContent.trim();
      if (why === undefined) continue;
      // The reader's own answer first: it is what they thought.
      if (isChosen) reasons.unshift(why);
      else if (isRight) reasons.push(why);
    }
    const right = this.querySelector(`[data-outcome="${outcome}"] label span`)?.textContent.trim() ?? outcome;
    const verdict = chosen === null ? 'none' : chosen.value === outcome ? 'right' : 'wrong';
    const text = words.prediction[verdict](right);
    this.#show(text, verdict, reasons);
    const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
    if (spoken !== null) speakInTurn(spoken, () => text);
  }

  /** Takes back what was said. */
  #forget(): void {
    for (const option of this.querySelectorAll<HTMLElement>('[data-outcome]')) delete option.dataset['verdict'];
    const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
    if (spoken !== null) hush(spoken);
    const bet = this.#chosen?.closest('label')?.querySelector('span')?.textContent.trim();
    this.#show(bet === undefined ? words.prediction.noBet : words.prediction.bet(bet), 'open', []);
  }

  #show(verdict: string, state: string, reasons: readonly string[]): void {
    if (this.#said === undefined) return;
    this.#said.dataset['state'] = state;
    const paragraphs = [verdict, ...reasons].map((text) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      return paragraph;
    });
    // Sentences of the page, and not of a table.
    for (const reason of paragraphs.slice(1)) reason.dataset['content'] = '';
    this.#said.replaceChildren(...paragraphs);
  }

  get #chosen(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input:checked');
  }
}
