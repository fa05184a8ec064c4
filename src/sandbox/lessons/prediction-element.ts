import { words } from '#words/lessons';
import { predictedOutcome, type PredictedCall, type PredictedOutcome } from './prediction-outcome.ts';
import { hush, speakInTurn } from '../element/live-turns.ts';
import { onTrace, sandboxNear, traceClock } from '../trace/sandbox-near.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';

/**
 * `<plugin-prediction>`: a question before Run. The run answers it: what the trace shows is right, and the row that shows it
 * is marked. Nothing is scored or sent, and pressing Run without an answer is fine.
 */
export class PredictionElement extends HTMLElement {
  #listeners: AbortController | undefined;
  #revealed: TraceOfRun | undefined;

  connectedCallback(): void {
    const sandbox = sandboxNear(this, this.dataset['example'] ?? '');
    if (sandbox === undefined) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    // Rendered by Predict.astro from the same type.
    const call = JSON.parse(this.dataset['call'] ?? '') as PredictedCall;
    for (const part of this.querySelectorAll<HTMLElement>('[data-part="question"]')) part.hidden = false;
    for (const part of this.querySelectorAll<HTMLElement>('[data-part="answer"]')) part.hidden = true;
    onTrace(
      sandbox,
      ({ trace, timeline }) => {
        if (trace === this.#revealed) return;
        const found = predictedOutcome(call, trace, traceClock());
        if (found === undefined) return;
        this.#revealed = trace;
        this.#reveal(found.outcome);
        timeline.mark([`call-${String(found.row.id)}`]);
      },
      signal,
    );
    // Another answer belongs to the next run.
    this.addEventListener('change', () => this.#hide(), { signal });
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  #reveal(outcome: PredictedOutcome): void {
    const chosen = this.querySelector<HTMLInputElement>('input:checked');
    for (const option of this.querySelectorAll<HTMLElement>('[data-outcome]')) {
      const isRight = option.dataset['outcome'] === outcome;
      const isChosen = chosen !== null && option.contains(chosen);
      option.dataset['verdict'] = isRight ? 'right' : isChosen ? 'wrong' : 'other';
      const why = option.querySelector<HTMLElement>('[data-part="why"]');
      if (why !== null) why.hidden = !isRight && !isChosen;
    }
    const right = this.querySelector(`[data-outcome="${outcome}"] label span`)?.textContent ?? outcome;
    const verdict = chosen === null ? 'none' : chosen.value === outcome ? 'right' : 'wrong';
    this.#say(words.prediction[verdict](right));
  }

  #hide(): void {
    for (const option of this.querySelectorAll<HTMLElement>('[data-outcome]')) delete option.dataset['verdict'];
    for (const why of this.querySelectorAll<HTMLElement>('[data-part="why"]')) why.hidden = true;
    this.#say('');
  }

  #say(text: string): void {
    const verdict = this.querySelector('[data-part="verdict"]');
    if (verdict !== null) verdict.textContent = text;
    const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
    if (spoken === null) return;
    if (text === '') hush(spoken);
    else speakInTurn(spoken, () => text);
  }
}
