import { formatTranscript, type TranscriptStep } from '../../protocol/transcript.ts';
import type { RunOutcome } from '../run/run.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { END_MARK } from '../run/typed-queue.ts';

/** What a sandbox's log shows, and how the run ended, in the form of a recorded session. What went by is told of. */
export function sessionText(
  { log, elided }: Pick<SandboxParts, 'log' | 'elided'>,
  pluginFile: string,
  outcome: RunOutcome | undefined,
): string {
  const pieces = [...log.querySelectorAll<HTMLElement>('[data-stream]')];
  const said = formatTranscript(pieces.flatMap(stepsOf));
  const command = formatTranscript([{ kind: 'command', text: `host ${pluginFile}` }]);
  const gone = elided.hidden ? '' : elided.textContent;
  return [command, gone, said, formatTranscript(endOf(outcome))].filter((part) => part !== '').join('\n');
}

function stepsOf({ dataset, textContent: text }: HTMLElement): TranscriptStep[] {
  switch (dataset['stream']) {
    case 'stdout':
    case 'stderr':
      return [{ kind: dataset['stream'], text }];
    case 'typed': {
      const typed: TranscriptStep = {
        kind: 'typed',
        text: text.endsWith(END_MARK) ? text.slice(0, -END_MARK.length) : text,
      };
      return text.endsWith(END_MARK) ? [typed, { kind: 'closed' }] : [typed];
    }
    case undefined:
    default:
      return [];
  }
}

function endOf(outcome: RunOutcome | undefined): TranscriptStep[] {
  switch (outcome?.kind) {
    case 'exited':
      return [{ kind: 'exit', status: outcome.status }];
    case 'stopped':
      return [{ kind: 'stopped' }];
    case 'failed':
    case undefined:
      return [];
  }
}
