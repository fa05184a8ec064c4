/** What the form does with what a reader enters; each returns false if no run takes it. */
export interface StdinTarget {
  /** Writes text as it is. */
  type(text: string): boolean;
  /** Ends stdin. */
  closeStdin(): boolean;
  /** Ends the run. */
  stop(): void;
}

/** Lines that arrow-up brings back. */
const HISTORY_LENGTH = 50;

/** Safari tells of the Enter that ends a composition after the composition has ended. */
const IME_PROCESSING = 'Process';

/**
 * The line of input under the log, with the keys of a terminal: Enter sends, Ctrl-D closes stdin, Ctrl-C stops (unless text
 * is selected, which it copies), arrows recall, and a paste of several lines sends the complete ones. Text stays in the field
 * until a run has taken it.
 */
export class StdinForm {
  readonly #line: HTMLInputElement;
  readonly #target: StdinTarget;
  readonly #history: string[] = [];
  /** Where arrow-up is; `history.length` is the line being written. */
  #recalled = 0;
  #draft = '';

  constructor(
    parts: { readonly form: HTMLFormElement; readonly line: HTMLInputElement; readonly closeStdin: HTMLButtonElement },
    target: StdinTarget,
    signal: AbortSignal,
  ) {
    this.#line = parts.line;
    this.#target = target;
    parts.form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.#sendLine();
      },
      { signal },
    );
    parts.closeStdin.addEventListener(
      'click',
      () => {
        this.#close();
      },
      { signal },
    );
    parts.line.addEventListener(
      'keydown',
      (event) => {
        if (this.#onKey(event)) event.preventDefault();
      },
      { signal },
    );
    parts.line.addEventListener(
      'paste',
      (event) => {
        if (this.#paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
      },
      { signal },
    );
  }

  /** Returns true if the key was handled. */
  #onKey(event: KeyboardEvent): boolean {
    // Enter picks a word of an input method; it does not send.
    if (event.isComposing || event.key === IME_PROCESSING) return event.key === 'Enter';
    if (event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
      switch (event.key) {
        case 'd':
          return this.#close();
        case 'c':
          if (this.#line.selectionStart !== this.#line.selectionEnd) return false;
          this.#target.stop();
          return true;
        default:
          return false;
      }
    }
    switch (event.key) {
      case 'ArrowUp':
        return this.#recall(this.#recalled - 1);
      case 'ArrowDown':
        return this.#recall(this.#recalled + 1);
      default:
        return false;
    }
  }

  #sendLine(): void {
    const text = this.#line.value;
    if (this.#target.type(`${text}\n`)) this.#sent(text);
  }

  /** As at a terminal: what was typed without Enter goes out first. */
  #close(): boolean {
    const text = this.#line.value;
    if (text !== '' && this.#target.type(text)) this.#sent(text);
    return this.#target.closeStdin();
  }

  /** Sends the complete lines of a paste, the first behind what stands before the cursor. Returns false if there are none. */
  #paste(pasted: string): boolean {
    const lines = pasted.replaceAll(/\r\n?/gu, '\n').split('\n');
    if (lines.length === 1) return false;
    const { value, selectionStart, selectionEnd } = this.#line;
    const before = value.slice(0, selectionStart ?? value.length);
    const behind = value.slice(selectionEnd ?? value.length);
    const rest = `${lines.pop() ?? ''}${behind}`;
    lines[0] = `${before}${lines[0] ?? ''}`;
    if (!this.#target.type(`${lines.join('\n')}\n`)) return false;
    for (const line of lines) this.#sent(line);
    this.#line.value = rest;
    return true;
  }

  #sent(text: string): void {
    if (text !== '' && text !== this.#history.at(-1)) this.#history.push(text);
    if (this.#history.length > HISTORY_LENGTH) this.#history.shift();
    this.#recalled = this.#history.length;
    this.#draft = '';
    this.#line.value = '';
  }

  #recall(index: number): boolean {
    if (index < 0 || index > this.#history.length) return false;
    if (this.#recalled === this.#history.length) this.#draft = this.#line.value;
    this.#recalled = index;
    this.#line.value = this.#history[index] ?? this.#draft;
    this.#line.setSelectionRange(this.#line.value.length, this.#line.value.length);
    return true;
  }
}
