import type { Act } from '../../src/protocol/trace.ts';
import { ActList } from '../../src/sandbox/run/act-list.ts';
import { TraceStore } from '../../src/sandbox/trace/trace-store.ts';

/** A run as a test tells it: its calls, its acts and its end. */
export class ToldRun extends TraceStore {
  readonly #list: ActList;

  constructor(startedAt: number) {
    const list = new ActList(startedAt);
    super(startedAt, list);
    this.#list = list;
  }

  act(act: Act): void {
    this.#list.add({ ...act, waitingSince: undefined });
  }
}
