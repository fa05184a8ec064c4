/**
 * Where a developer with a symptom wants to go: things that are said together, and the section about them. What readers say for
 * each thing is in the table of words. tests/search.spec.ts looks whether each section is there.
 */
import type { words } from '#words/search/concepts';

/** The key of a concept. */
export type ConceptKey = keyof typeof words;

/** A section that comes first where all of these things are said. */
export interface Symptom {
  readonly said: readonly ConceptKey[];
  /** Below the site. */
  readonly address: string;
}

/** Symptoms by the section, with the sets of things that lead there. */
const bySection: readonly (readonly [address: string, ...said: readonly (readonly ConceptKey[])[]])[] = [
  [
    'troubleshooting/#nothing-moves-and-no-core-is-busy',
    ['hang'],
    ['forever'],
    ['hang', 'read'],
    ['hang', 'forever'],
    ['hang', 'forever', 'read'],
    ['hang', 'forever', 'output'],
    ['hang', 'ineffective'],
    ['hang', 'absent', 'busy'],
    ['hang', 'output'],
  ],
  [
    'troubleshooting/#a-core-is-busy-and-the-plugin-prints-without-end',
    ['busy'],
    ['endless', 'output'],
    ['endless', 'output', 'forever'],
    ['endless', 'eof'],
    ['endless', 'read'],
  ],
  ['troubleshooting/#fatal-error-all-goroutines-are-asleep---deadlock', ['deadlock']],
  [
    'troubleshooting/#when-go-reports-a-deadlock',
    ['deadlock', 'absent'],
    ['deadlock', 'silent'],
    ['deadlock', 'elsewhere'],
    ['deadlock', 'elsewhere', 'hang', 'silent'],
    ['elsewhere', 'hang'],
    ['locally', 'elsewhere', 'hang'],
    ['silent', 'hang'],
    ['elsewhere', 'locally'],
  ],
  ['pipes-wait/#never-closed', ['readAll', 'hang'], ['readAll', 'absent', 'ended']],
  [
    'capturing-output/#the-pipe-that-stays-open',
    ['hostSide', 'hang', 'ended'],
    ['hang', 'ended', 'afterwards'],
    ['hang', 'ended', 'output'],
  ],
  ['order-of-events/#what-the-call-does', ['hostSide', 'hang']],
  [
    'order-of-events/#an-ospipe-has-a-little-room',
    ['hang', 'large'],
    ['write', 'hang', 'large'],
    ['hang', 'large', 'read'],
  ],
  [
    'messages-over-bytes/#a-line-that-is-too-long',
    ['large', 'message'],
    ['large', 'read', 'ended'],
    ['large', 'stop'],
    ['large', 'read'],
    ['large', 'cut'],
  ],
  [
    'once-for-each-request/#it-works-the-first-time',
    ['once'],
    ['once', 'eof'],
    ['once', 'absent'],
    ['once', 'read', 'eof'],
    ['once', 'output', 'absent'],
  ],
  ['once-for-each-request/', ['reuse'], ['together', 'many']],
  ['once-for-each-request/#an-http-handler', ['reuse', 'many', 'together']],
  [
    'messages-over-bytes/#a-print-in-the-protocol',
    ['protocol'],
    ['log', 'protocol'],
    ['protocol', 'broken'],
    ['log', 'broken', 'output'],
    ['log', 'protocol', 'output'],
  ],
  [
    'messages-over-bytes/#a-length-in-front',
    ['length'],
    ['length', 'protocol'],
    ['length', 'message'],
    ['length', 'read'],
  ],
  [
    'system-streams/#a-prompt-that-does-not-come',
    ['repl', 'prompt'],
    ['repl', 'prompt', 'absent'],
    ['repl', 'output', 'absent'],
    ['repl'],
  ],
  [
    'troubleshooting/#a-prompt-does-not-appear',
    ['prompt'],
    ['prompt', 'absent'],
    ['prompt', 'absent', 'newline'],
    ['prompt', 'flush'],
    ['prompt', 'late'],
  ],
  [
    'what-a-read-can-say/#a-carriage-return',
    ['carriageReturn'],
    ['compare', 'windows'],
    ['carriageReturn', 'windows'],
    ['carriageReturn', 'compare', 'windows'],
  ],
  [
    'troubleshooting/#a-line-does-not-match-though-it-looks-the-same',
    ['compare', 'message'],
    ['compare', 'ineffective'],
    ['compare', 'read'],
  ],
  ['system-streams/#on-windows-and-macos', ['windows'], ['mac'], ['windows', 'mac']],
  [
    'troubleshooting/#nothing-is-printed-and-nothing-has-failed',
    ['absent', 'output'],
    ['absent', 'output', 'ended'],
    ['silent', 'output'],
    ['absent', 'answer'],
    ['ineffective', 'output'],
  ],
  ['never-wait-for-ever/', ['timeout']],
  [
    'troubleshooting/#a-timeout-has-no-effect',
    ['timeout', 'ineffective'],
    ['timeout', 'stop'],
    ['timeout', 'ineffective', 'stop'],
    ['timeout', 'hang'],
  ],
  [
    'never-wait-for-ever/#the-plugin-that-never-waits',
    ['runaway'],
    ['runaway', 'stop'],
    ['runaway', 'endless'],
    ['endless', 'stop'],
    ['endless', 'stop', 'runaway'],
  ],
  [
    'system-streams/#ctrl-c-does-nothing',
    ['interrupt'],
    ['interrupt', 'ineffective'],
    ['interrupt', 'hang'],
    ['interrupt', 'absent'],
  ],
  [
    'never-wait-for-ever/#who-is-left-behind',
    ['goroutine', 'leak'],
    ['leak'],
    ['leak', 'timeout'],
    ['goroutine', 'leak', 'timeout'],
  ],
  [
    'one-plugin-one-thread/#there-is-one-thread-and-it-waits',
    ['timer', 'standStill'],
    ['timer', 'standStill', 'read'],
    ['goroutine', 'standStill', 'read'],
    ['timer', 'hang'],
    ['timer', 'stop'],
    ['timer', 'ineffective'],
  ],
  ['one-plugin-one-thread/#the-goroutine-that-did-not-run', ['goroutine', 'standStill'], ['goroutine', 'hang']],
  [
    'reactors/#its-goroutines-between-two-calls',
    ['betweenCalls', 'goroutine'],
    ['betweenCalls', 'goroutine', 'standStill'],
    ['betweenCalls', 'timer'],
  ],
  [
    'messages-over-bytes/#the-answer-that-is-kept-back',
    ['answer', 'late'],
    ['answer', 'late', 'closing'],
    ['answer', 'flush'],
    ['answer', 'late', 'ended'],
    ['flush'],
  ],
  [
    'messages-over-bytes/#in-c-nobody-wrote-a-buffer',
    ['inC', 'flush'],
    ['inC', 'flush', 'absent'],
    ['inC', 'output', 'late'],
  ],
  ['messages-over-bytes/#in-rust-line-by-line', ['inRust', 'flush'], ['inRust', 'output', 'late']],
  ['the-symptom/#who-said-eof', ['stdinOption', 'ineffective'], ['eof', 'early'], ['read', 'eof', 'early']],
  [
    'system-streams/#it-changes-your-descriptor',
    ['terminal', 'broken'],
    ['terminal', 'broken', 'ended'],
    ['terminal', 'broken', 'afterwards'],
  ],
  ['when-stdout-is-a-file/#your-own-output-cut-short', ['output', 'cut'], ['hostSide', 'output', 'cut']],
  ['what-a-read-can-say/#0x04-is-no-eof', ['endOfFile']],
  ['what-a-read-can-say/#half-a-character', ['character'], ['character', 'cut'], ['character', 'broken']],
  [
    'one-plugin-one-thread/#the-question-that-gets-the-wrong-answer',
    ['poll', 'ready'],
    ['poll', 'ready', 'hang'],
    ['poll', 'hang'],
  ],
  ['order-of-events/', ['write']],
  ['reference/other-hosts/', ['hostName']],
  ['reference/other-hosts/#nodewasi', ['readyMade']],
];

/** All of them. */
export const symptoms: readonly Symptom[] = bySection.flatMap(([address, ...sets]) =>
  sets.map((said) => ({ said, address })),
);
