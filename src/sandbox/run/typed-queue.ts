import type { StdinProgress } from '../../protocol/messages.ts';
import type { ActList } from './act-list.ts';

/** What is shown when the host meets the end of stdin, as a terminal shows Ctrl-D. */
export const END_MARK = '^D\n';

/**
 * What a reader typed and the host has not read yet: the queue of a terminal. Text leaves it when its last byte was read, to
 * be shown in the log where that happened.
 */
export class TypedQueue {
  readonly #acts: ActList;
  /** Of the acts, so many have left the queue; their text is so many bytes of stdin. */
  #left = 0;
  #leftBytes = 0;

  /** @param acts of the run; it may grow */
  constructor(acts: ActList) {
    this.#acts = acts;
  }

  /** Text that was typed and not read. */
  get unread(): string {
    const waiting = this.#acts.all.slice(this.#left);
    return waiting.map((act) => (act.kind === 'typed' ? act.text : '')).join('');
  }

  /** Takes out what was read by now. Returns it, as the log is to show it. */
  takeRead(progress: StdinProgress): string {
    let text = '';
    for (let act = this.#acts.all[this.#left]; act !== undefined; act = this.#acts.all[this.#left]) {
      if (act.kind === 'typed') {
        if (this.#leftBytes + act.bytes > progress.bytes) break;
        this.#leftBytes += act.bytes;
        text += act.text;
      } else if (act.kind === 'closed') {
        if (!progress.ended) break;
        text += END_MARK;
      }
      this.#left += 1;
    }
    return text;
  }
}
