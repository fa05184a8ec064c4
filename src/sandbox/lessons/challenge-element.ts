import { words } from '#words/lessons';
import { checkChallenge, type ChallengeGoal } from './challenge-check.ts';
import { hush, speakInTurn } from '../element/live-turns.ts';
import { showSentence, verbatim, withoutFences } from '../run/verbatim.ts';
import { onTrace, traceClock } from '../trace/sandbox-near.ts';
import type { TraceEventDetail } from '../trace/trace-event.ts';

/** What is known of it on the page. */
interface Parts {
  readonly progress: HTMLElement;
  readonly spoken: HTMLElement;
  readonly next: HTMLButtonElement;
}

/**
 * `<plugin-challenge>`: a goal that the trace of a run reaches or misses, in the sandbox of that run. Run again is the undo. Of
 * several in a sandbox one is in sight, and is judged: what a run misses is held against the goal that its reader had.
 */
export class ChallengeElement extends HTMLElement {
  #listeners: AbortController | undefined;
  #parts: Parts | undefined;
  #goal: ChallengeGoal | undefined;
  #latest: TraceEventDetail | undefined;
  /** The run that was judged last. */
  #judged: object | undefined;
  /** A run of which a part was over when the reader came to this goal. */
  #before: object | undefined;

  connectedCallback(): void {
    const sandbox = this.closest<HTMLElement>('plugin-sandbox');
    const progress = this.querySelector<HTMLElement>('[data-part="progress"]');
    const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
    const next = this.querySelector<HTMLButtonElement>('[data-part="next-puzzle"]');
    if (sandbox === null || progress === null || spoken === null || next === null) return;
    this.#parts = { progress, spoken, next };
    // Rendered by Challenge.astro from the same type.
    this.#goal = JSON.parse(this.dataset['goal'] ?? '') as ChallengeGoal;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    this.#number(next);
    next.addEventListener('click', () => this.#showNext(), { signal });
    onTrace(
      sandbox,
      (detail) => {
        this.#latest = detail;
        if (!this.hidden) this.#judge(detail);
      },
      signal,
    );
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  /** The reader comes to it, from the one before. */
  comeIn(): void {
    this.hidden = false;
    this.#before = this.#latest?.trace;
    if (this.#latest !== undefined) this.#judge(this.#latest);
    const which = this.querySelector('[data-part="puzzle"]')?.textContent ?? '';
    // The page's own sentence, and not of a table.
    const goal = verbatim(this.querySelector('.challenge-goal [data-content]')?.textContent ?? '');
    const { spoken, next } = this.#parts ?? {};
    if (spoken !== undefined) speakInTurn(spoken, () => `${which} ${goal}`);
    next?.focus();
  }

  #judge({ trace, timeline }: TraceEventDetail): void {
    if (this.#parts === undefined || this.#goal === undefined) return;
    const { progress, spoken } = this.#parts;
    // What was reached stays reached until the next run, whatever the reader does then.
    const isSameRun = this.#judged === trace;
    this.#judged = trace;
    if (isSameRun && this.dataset['state'] === 'reached') return;
    const found = checkChallenge(this.#goal, trace, traceClock());
    const isUnfair = found.state === 'missed' && trace === this.#before;
    const state = isUnfair ? 'open' : found.state;
    this.dataset['state'] = state;
    const said = isUnfair ? words.challenge.begin : words.challenge.verdicts[state](found.text);
    if (progress.textContent !== withoutFences(said)) {
      showSentence(progress, said);
      speakInTurn(spoken, () => said);
    }
    const { proof } = found;
    if (state === 'reached' && proof !== undefined) timeline.mark([`call-${String(proof.id)}`]);
  }

  get #all(): ChallengeElement[] {
    const siblings = [...(this.parentElement?.children ?? [])];
    return siblings.filter((sibling): sibling is ChallengeElement => sibling.localName === this.localName);
  }

  /** Says which of several it is. */
  #number(next: HTMLElement): void {
    const all = this.#all;
    if (all.length < 2) return;
    next.hidden = false;
    const puzzle = this.querySelector('[data-part="puzzle"]');
    if (puzzle !== null) puzzle.textContent = words.challenge.puzzle(all.indexOf(this) + 1, all.length);
  }

  /** After the last one comes the first. */
  #showNext(): void {
    const all = this.#all;
    const following = all[(all.indexOf(this) + 1) % all.length];
    if (following === undefined) return;
    this.hidden = true;
    if (this.#parts !== undefined) hush(this.#parts.spoken);
    following.comeIn();
  }
}
