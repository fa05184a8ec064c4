import { words } from '#words/lessons';
import { checkChallenge, type ChallengeGoal } from './challenge-check.ts';
import { speakInTurn } from '../element/live-turns.ts';
import { showSentence, withoutFences } from '../run/verbatim.ts';
import { onTrace, sandboxNear, traceClock } from '../trace/sandbox-near.ts';

/** `<plugin-challenge>`: a goal that the trace of a run reaches or misses. Run again is the undo. */
export class ChallengeElement extends HTMLElement {
  #listeners: AbortController | undefined;

  connectedCallback(): void {
    const sandbox = sandboxNear(this, this.dataset['example'] ?? '');
    const progress = this.querySelector<HTMLElement>('[data-part="progress"]');
    const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
    if (sandbox === undefined || progress === null || spoken === null) return;
    this.#listeners = new AbortController();
    // Rendered by Challenge.astro from the same type.
    const goal = JSON.parse(this.dataset['goal'] ?? '') as ChallengeGoal;
    progress.textContent = words.challenge.begin;
    onTrace(
      sandbox,
      ({ trace, timeline }) => {
        const { state, text, proof } = checkChallenge(goal, trace, traceClock());
        // What was reached stays reached until the next run, whatever the reader does then.
        const isSameRun = this.#run === trace;
        this.#run = trace;
        if (isSameRun && this.dataset['state'] === 'reached') return;
        this.dataset['state'] = state;
        const said = words.challenge.verdicts[state](text);
        if (progress.textContent !== withoutFences(said)) {
          showSentence(progress, said);
          speakInTurn(spoken, () => said);
        }
        if (state === 'reached' && proof !== undefined) timeline.mark([`call-${String(proof.id)}`]);
      },
      this.#listeners.signal,
    );
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  #run: object | undefined;
}
