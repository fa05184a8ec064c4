import { words } from '#words/transcript';
import { sentenceOf, type Coded, type Nothing } from './problems.ts';

/**
 * A transcript: one recorded session of a host, read by three readers (the page prints it, `go test` replays it
 * natively, the browser tests play it into a sandbox).
 *
 * Encoding: UTF-8 text, one step a line, a mark and a space before the text:
 *
 *     $ host pipe-waits.wasm    the command (always the first line)
 *     > Name: \                 stdout; a trailing backslash means "no newline here"
 *     ! tick 1                  stderr
 *     …                         blocked: nothing more comes until the next act
 *     < Ada                     an act: the reader types a line (a trailing backslash: without Enter)
 *     ^D                        an act: stdin is closed
 *     ^C                        an act: the run is stopped (the output before it is cut there)
 *     = 0                       the exit status
 *     ? cgo hangs               a variant, after all steps: see TranscriptVariant
 */
export type TranscriptStep =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'exit'; readonly status: number };

/**
 * What differs under a condition: a line `? condition outcome` behind the steps. There is one.
 *
 * `cgo hangs`: in a host that is linked with cgo, as a plain `go build` links it on Linux with a C compiler, all is as
 * recorded, but where Go reports a deadlock and the exit status follows, the host hangs instead.
 */
export type TranscriptVariant = (typeof variants)[number];

const variants = ['cgo hangs'] as const;

/** What can be wrong with a transcript. */
interface TranscriptProblems {
  readonly 'no-space': Found;
  readonly 'no-number': Found;
  readonly 'no-mark': Found;
  readonly 'no-command': Nothing;
}

interface Found {
  readonly found: string;
}

/** What went wrong in a transcript, and in which line (counted from 1). */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
  readonly line: number;
  readonly problem: Coded<TranscriptProblems>;
  constructor(line: number, problem: Coded<TranscriptProblems>) {
    super(words.inLine(line, sentenceOf<TranscriptProblems, keyof TranscriptProblems>(words, problem)));
    this.line = line;
    this.problem = problem;
  }
}

/** Text of a step as it is on the wire: a newline, unless the line ends in a backslash. */
function unescapeLine(text: string): string {
  return text.endsWith('\\') ? text.slice(0, -1) : `${text}\n`;
}

/** The variants that a transcript names, see `parseTranscript`. */
export function variantsOfTranscript(source: string): TranscriptVariant[] {
  return variants.filter((variant) => lineOfVariant(source, variant));
}

function lineOfVariant(source: string, variant: TranscriptVariant): boolean {
  return source.endsWith(`\n? ${variant}\n`);
}

/**
 * Parses a transcript, without its variants.
 * @throws TranscriptError naming the line, what was expected and what was found.
 */
export function parseTranscript(source: string): TranscriptStep[] {
  const lines = source.split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.splice(lines.length - variantsOfTranscript(source).length);
  const steps = lines.map((line, index): TranscriptStep => {
    if (line === '…') return { kind: 'waiting' };
    if (line === '^D') return { kind: 'closed' };
    if (line === '^C') return { kind: 'stopped' };
    const mark = line.slice(0, 1);
    const text = line.slice(2);
    if (line.length > 1 && line[1] !== ' ') {
      throw new TranscriptError(index + 1, { code: 'no-space', found: line.slice(0, 8) });
    }
    switch (mark) {
      case '$':
        return { kind: 'command', text };
      case '>':
        return { kind: 'stdout', text: unescapeLine(text) };
      case '!':
        return { kind: 'stderr', text: unescapeLine(text) };
      case '<':
        return { kind: 'typed', text: unescapeLine(text) };
      case '=': {
        const status = Number(text);
        if (!Number.isInteger(status) || text.trim() === '') {
          throw new TranscriptError(index + 1, { code: 'no-number', found: text });
        }
        return { kind: 'exit', status };
      }
      default:
        throw new TranscriptError(index + 1, { code: 'no-mark', found: line.slice(0, 8) });
    }
  });
  if (steps[0]?.kind !== 'command') {
    throw new TranscriptError(1, { code: 'no-command' });
  }
  return steps;
}

/** Writes a transcript, as `parseTranscript` reads it; output of many lines is a step of each. Ends without a newline. */
export function formatTranscript(steps: readonly TranscriptStep[], named: readonly TranscriptVariant[] = []): string {
  return [...steps.flatMap(linesOf), ...named.map((variant) => `? ${variant}`)].join('\n');
}

function linesOf(step: TranscriptStep): string[] {
  switch (step.kind) {
    case 'command':
      return [`$ ${step.text}`];
    case 'stdout':
      return marked('>', step.text);
    case 'stderr':
      return marked('!', step.text);
    case 'typed':
      return marked('<', step.text);
    case 'waiting':
      return ['…'];
    case 'closed':
      return ['^D'];
    case 'stopped':
      return ['^C'];
    case 'exit':
      return [`= ${String(step.status)}`];
  }
}

function marked(mark: string, text: string): string[] {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const whole = lines.map((line) => (line === '' ? mark : `${mark} ${line}`));
  return rest === '' ? whole : [...whole, `${mark} ${rest}\\`];
}
