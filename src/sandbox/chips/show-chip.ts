import { words } from '#words/sandbox';
import { showSentence, withoutFences } from '../run/verbatim.ts';

/** What the chip of an actor says. What is no language in the sentences is fenced, see `verbatim.ts`. */
export interface Chip<Name extends string = string> {
  /** In CSS, `data-state`. */
  readonly name: Name;
  readonly text: string;
  /** What is read aloud, and the chip's accessible name: without numbers that only grow, so that it is said once. */
  readonly spoken: string;
  /** What the actor has met, and its shape shows, also when it is over: in CSS, `data-met`. */
  readonly met?: 'wait' | 'eof' | 'failure';
}

/** Shows why a run failed, in full, under the chips; undefined takes that away. @param element its place */
export function showFailure(element: HTMLElement, text: string | undefined): void {
  element.hidden = text === undefined;
  showSentence(element, text ?? '');
}

/** What is read aloud of an actor. @param chip an element of `LiveScreen.astro`, which names its actor */
export function aloud(chip: HTMLElement, said: string): string {
  return words.actor(chip.dataset['actor'] ?? '', said);
}

/** Shows a state in the chip of an actor; only what has changed is written. Returns whether its name has. */
export function showChip(chip: HTMLElement, { name, text, spoken, met }: Chip): boolean {
  const line = chip.firstElementChild;
  const shown = withoutFences(text);
  if (line instanceof HTMLElement && line.textContent !== shown) {
    showSentence(line, text);
    // Where there is no room for all of it.
    chip.title = shown;
  }
  const label = withoutFences(aloud(chip, spoken));
  if (chip.ariaLabel !== label) chip.ariaLabel = label;
  if (chip.dataset['met'] !== met) {
    if (met === undefined) delete chip.dataset['met'];
    else chip.dataset['met'] = met;
  }
  if (chip.dataset['state'] === name) return false;
  chip.dataset['state'] = name;
  return true;
}
