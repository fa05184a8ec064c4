/**
 * At most one run of the page is prepared: its worker is up, its host instantiated and its plugin compiled in wazero's
 * compilation cache, and it waits right before the example's `main`. Nothing of it has a reader's input or output; every run
 * is a fresh process all the same.
 */
import type { TransportKind } from '../../protocol/messages.ts';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import { loadProgram } from './load-program.ts';
import { Run } from './run.ts';

interface PreparedRun {
  readonly key: string;
  readonly run: Run;
  /** Its program has arrived, and it was started. */
  started: boolean;
}

let prepared: PreparedRun | undefined;

const keyOf = (data: SandboxData, language: PluginLanguage): string => `${data.example}/${language}`;

/** Gives up the prepared run once nobody looks at the page: it holds memory, and nobody is about to press Run. */
function giveUpWhenHidden(): void {
  if (document.visibilityState !== 'hidden') return;
  prepared?.run.stop();
  prepared = undefined;
}

/** Prepares a run of this example, in place of any other; none while nobody looks at the page. */
export function prepareRun(transport: TransportKind, data: SandboxData, language: PluginLanguage): void {
  if (document.visibilityState === 'hidden') return;
  // Added once, however often this is called.
  document.addEventListener('visibilitychange', giveUpWhenHidden);
  const key = keyOf(data, language);
  if (prepared?.key === key && !prepared.run.ended) return;
  prepared?.run.stop();
  const next: PreparedRun = { key, run: new Run(transport), started: false };
  prepared = next;
  loadProgram(data, language, () => undefined).then(
    (program) => {
      next.run.start(program, { hold: true });
      next.started = true;
    },
    () => {
      // Run will try again, and tell.
      next.run.stop();
    },
  );
}

/**
 * Hands over the run that was prepared for this example, if there is one. One whose program is still on its way is given up
 * for a run that shows the progress of that.
 */
export function takePreparedRun(data: SandboxData, language: PluginLanguage): Run | undefined {
  const taken = prepared;
  if (taken?.key !== keyOf(data, language)) return undefined;
  prepared = undefined;
  if (taken.started && !taken.run.ended) return taken.run;
  taken.run.stop();
  return undefined;
}
