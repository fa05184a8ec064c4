/**
 * A conversation with one of the programs of `examples/compare`: takes down what it observes, and gives it what it asks for.
 * The form of its lines is in `examples/compare/programs/observe.h`; `? exit N` is added by whoever runs it.
 */
import { inputs } from './compare-programs.ts';

/** The writing end of a program's stdin. */
export interface StdinEnd {
  readonly write: (bytes: Uint8Array) => Promise<unknown>;
  /** Closes it; on a terminal, the key that says so. */
  readonly end: () => void;
}

/** A program that is silent for so long after `? nudge` is stuck. */
const SILENCE_MS = 3000;

/** One run of one program. */
export class Session {
  /** What it observed, in the order in which it did. */
  readonly observations = new Map<string, string>();
  readonly #stdin: StdinEnd | undefined;
  #rest = '';
  #nudge: NodeJS.Timeout | undefined;
  #status: number | undefined;

  /** @param stdin nothing if all of stdin is there from the start */
  constructor(stdin?: StdinEnd) {
    this.#stdin = stdin;
  }

  /** The exit status, once the program has ended. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Takes what the program wrote to stdout. @throws Error if it is not in the form that observe.h says */
  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line);
  }

  #takeLine(line: string): void {
    clearTimeout(this.#nudge);
    const mark = line.slice(0, 2);
    const content = line.slice(2);
    if (mark === '= ') {
      const colon = content.indexOf(': ');
      if (colon < 0) throw new Error(`expected "= what: value", found ${JSON.stringify(line)}`);
      const what = content.slice(0, colon);
      if (this.observations.has(what)) throw new Error(`expected "${what}" to be observed once, found it twice`);
      this.observations.set(what, content.slice(colon + 2));
    } else if (mark === '? ') {
      this.#answer(content);
    } else if (mark !== '# ') {
      throw new Error(`expected a line that begins with "= ", "? " or "# ", found ${JSON.stringify(line)}`);
    }
  }

  #answer(question: string): void {
    const [verb = '', name = ''] = question.split(' ');
    const pieces = inputs[name] ?? [];
    switch (verb) {
      case 'give':
        void this.#give(pieces);
        return;
      case 'nudge':
        this.#nudge = setTimeout(() => void this.#give(pieces), SILENCE_MS);
        return;
      case 'end':
        this.#stdin?.end();
        return;
      case 'exit':
        this.#status = Number(name);
        return;
      default:
        throw new Error(`expected "? give", "? nudge", "? end" or "? exit", found "? ${question}"`);
    }
  }

  async #give(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) await this.#stdin?.write(piece);
  }
}
