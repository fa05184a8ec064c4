import type { HostDoing, StdinProgress } from '../../protocol/messages.ts';

/** What a wait is for, as far as stdin goes: undefined where the wait does not tell, such as one for room for output. */
export type StdinInWait = 'read' | 'not read' | undefined;

/** Knows from the host's own waits what it does beside its plugin. It costs nothing but at a wait. */
export class HostWatch {
  #readsStdin = false;
  /** What had been read of stdin when the host began to read it. */
  #from: StdinProgress = { bytes: 0, ended: false };
  #isParked = false;
  #told: HostDoing = { readsStdin: false, isParked: false };
  /** What had been read when that was told: whoever hears of more forgets it. */
  #toldAt: StdinProgress = this.#from;

  /** The whole host waits from now on. @param isPluginInCall whether a call of the plugin has not returned */
  waits(stdin: StdinInWait, isPluginInCall: boolean, progress: StdinProgress): void {
    this.#isParked = !isPluginInCall;
    if (stdin === undefined) return;
    this.#readsStdin = stdin === 'read' && !progress.ended;
    this.#from = progress;
  }

  /** Something runs, since the plugin makes calls. */
  runs(): void {
    this.#isParked = false;
  }

  /** What is to be told now, and whether it is new. */
  take({ bytes, ended }: StdinProgress): { readonly host: HostDoing; readonly isNew: boolean } {
    const readsStdin = this.#readsStdin && bytes === this.#from.bytes && ended === this.#from.ended;
    const isForgotten = bytes !== this.#toldAt.bytes || ended !== this.#toldAt.ended;
    const isNew = isForgotten || readsStdin !== this.#told.readsStdin || this.#isParked !== this.#told.isParked;
    if (isNew) {
      this.#told = { readsStdin, isParked: this.#isParked };
      this.#toldAt = { bytes, ended };
    }
    return { host: this.#told, isNew };
  }
}
