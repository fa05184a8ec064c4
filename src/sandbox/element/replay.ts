import type { TranscriptStep } from '../../protocol/transcript.ts';
import type { LogPiece } from './line-buffer.ts';
import type { RunOutcome } from '../run/run.ts';

/** A person reads along; a recording has no times of its own. */
const STEP_MS = 400;

/** Hears of a replay. */
export interface ReplayListener {
  onPiece(piece: LogPiece): void;
  onEnded(outcome: RunOutcome): void;
}

/** Shows a recorded session step by step, where the browser has no way to block a read. */
export class Replay {
  readonly #steps: TranscriptStep[];
  readonly #listener: ReplayListener;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(steps: readonly TranscriptStep[], listener: ReplayListener) {
    this.#steps = [...steps];
    this.#listener = listener;
  }

  start(): void {
    this.#step();
  }

  /** Ends the replay where it is. */
  stop(): void {
    this.#end({ kind: 'stopped' });
  }

  #step(): void {
    const step = this.#steps.shift();
    if (step === undefined) {
      this.#end({ kind: 'stopped' });
      return;
    }
    switch (step.kind) {
      case 'command':
        this.#listener.onPiece({ stream: 'typed', text: `$ ${step.text}\n` });
        break;
      case 'stdout':
      case 'stderr':
      case 'typed':
        this.#listener.onPiece({ stream: step.kind, text: step.text });
        break;
      case 'closed':
        this.#listener.onPiece({ stream: 'typed', text: '^D\n' });
        break;
      case 'stopped':
        this.#listener.onPiece({ stream: 'typed', text: '^C\n' });
        break;
      case 'waiting':
        break;
      case 'exit':
        this.#end({ kind: 'exited', status: step.status });
        return;
    }
    this.#timer = setTimeout(() => this.#step(), STEP_MS);
  }

  #end(outcome: RunOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#listener.onEnded(outcome);
  }
}
