import { words } from '#words/editing/panel';
import { speakInTurn } from '../element/live-turns.ts';
import { showSentence } from '../run/verbatim.ts';
import { placeOf, type Problem } from './build-words.ts';
import { make, makeButton } from './make-element.ts';

/** Problems that are read out; the list has them all. */
const SPOKEN = 2;

/**
 * The compiler's words under the editor. Each problem is a button that leads to its line; a screen reader hears, politely and in
 * turn with the page's other announcements, how many there are and the first of them.
 */
export class ProblemList {
  readonly section: HTMLElement;
  readonly #status: HTMLElement;
  readonly #announce: HTMLElement;
  readonly #list: HTMLOListElement;
  readonly #onJump: (problem: Problem) => void;
  readonly #isInProject: (problem: Problem) => boolean;
  #shown: readonly Problem[] = [];
  #verdict = '';
  #spoken = '';

  /** @param isInProject whether there is a file to lead to: a `//line` may name any other */
  constructor(onJump: (problem: Problem) => void, isInProject: (problem: Problem) => boolean) {
    this.#onJump = onJump;
    this.#isInProject = isInProject;
    this.#status = make('p', { class: 'edit-verdict' });
    this.#announce = make('p', { class: 'sr-only', attributes: { role: 'status' } });
    this.#list = make('ol', { class: 'edit-problem-list', hidden: true });
    this.section = make(
      'section',
      { class: 'edit-problems', attributes: { 'aria-label': words.problems } },
      this.#status,
      this.#announce,
      this.#list,
    );
  }

  /**
   * Shows what is wrong.
   * @param verdict one sentence
   * @param speak false while the reader has not asked for anything yet
   */
  show(verdict: string, problems: readonly Problem[], speak: boolean): void {
    this.section.classList.toggle('faulty', problems.length > 0);
    if (this.#verdict !== verdict) showSentence(this.#status, verdict);
    this.#verdict = verdict;
    this.#showList(problems);
    if (!speak) return;
    const first = problems.slice(0, SPOKEN).map((problem) => `${placeOf(problem)} ${problem.message.slice(0, 200)}`);
    const spoken = [verdict, ...first].join('\n');
    if (spoken === this.#spoken) return;
    this.#spoken = spoken;
    speakInTurn(this.#announce, () => spoken);
  }

  /** The same problems stay as they are, with the focus that one of them may have. */
  #showList(problems: readonly Problem[]): void {
    if (problems.length === this.#shown.length && problems.every((one, at) => one === this.#shown[at])) return;
    this.#shown = problems;
    this.#list.hidden = problems.length === 0;
    this.#list.replaceChildren(
      ...problems.map((problem) => {
        const place = placeOf(problem);
        const said = make('span', { class: 'edit-words' });
        if (problem.isVerbatim) said.translate = false;
        showSentence(said, problem.message);
        if (place === '') return make('li', {}, said);
        const where = make('span', { class: 'edit-place', text: `${place}: `, attributes: { translate: 'no' } });
        if (!this.#isInProject(problem)) return make('li', {}, where, said);
        const button = makeButton('', () => this.#onJump(problem));
        button.append(where, said);
        return make('li', {}, button);
      }),
    );
  }
}
