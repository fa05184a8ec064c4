import { words as numbers } from './numbers.ts';

const { count, fixed } = numbers;

const acts = (used: number, most: number): string => `${String(used)} of ${String(most)} acts`;

/** What a run says about the question, the goal or the change beside it. */
export const words = {
  challenge: {
    begin: 'Press Run to begin.',
    /** Which of several in one sandbox. */
    puzzle: (number: number, of: number): string => `Puzzle ${String(number)} of ${String(of)}.`,
    /** Around what the run says, as read and as heard. */
    verdicts: {
      open: (said: string): string => said,
      reached: (said: string): string => `Reached. ${said}`,
      missed: (said: string): string => `Not this time. ${said} Press Run again to undo.`,
    },
    tooManyActs: (used: number, most: number): string => `You used ${String(used)} acts, more than ${String(most)}.`,
    acts: (used: number, most: number): string => `You have used ${acts(used, most)}.`,
    noExit: 'The run did not exit by itself.',
    otherStatus: (found: number, wanted: number): string => `It exited ${String(found)}, not ${String(wanted)}.`,
    exited: (status: number, used: number, most: number): string =>
      `It exited ${String(status)} after ${acts(used, most)}.`,
    closed: 'You closed stdin, so that the wait had an end.',
    over: 'The run is over.',
    inNoCall: 'The plugin is not in a call.',
    waits: (call: string): string => `The plugin waits in ${call}.`,
    stuck: (call: string, ms: number): string => `The plugin has been in ${call} for ${fixed(ms / 1000, 0)} seconds.`,
    typed: 'You typed something.',
    stillThere: 'The plugin is still there.',
    neverWaited: 'It never waited for half a second, so there was nothing to free it from.',
    freed: (call: string): string => `The plugin came out of ${call}, and you typed nothing.`,
    noRead: 'No read has returned.',
    noReadAndOver: 'No read has returned, and then the run was over.',
    reads: (outcomes: string): string => `The reads came to ${outcomes}.`,
    readsAndOver: (outcomes: string): string => `The reads came to ${outcomes}, and then the run was over.`,
    /** What a read came to. */
    outcomes: { data: 'data', eof: 'EOF', done: 'done', error: 'error', exit: 'exit', broken: 'broken' },
  },
  /** @param answer as it stands beside the question */
  prediction: {
    /** While the run has not answered yet. */
    bet: (answer: string): string => `Your bet: ${answer}. The run decides.`,
    noBet: 'You placed no bet. The run answers all the same.',
    none: (answer: string): string => `The run shows: ${answer}. The row that shows it is marked in the timeline.`,
    right: (answer: string): string => `You were right: ${answer}. The row that shows it is marked in the timeline.`,
    wrong: (answer: string): string =>
      `It came differently: ${answer}. The row that shows it is marked in the timeline.`,
  },
  changed: (lines: number, file: string): string =>
    `${count(lines, 'line', 'lines')} of ${file} changed; the plugin is the same.`,
};
