/** One step of `npm test`: what it is called, what it needs, and how its tests are counted. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { projectEnv, root } from './install.mjs';

/** Tests of one step. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a step ended. */
export interface Outcome extends Counts {
  /** One sentence on why something failed or was skipped. */
  readonly note?: string;
  /** The tests that failed or were skipped, a line each: where, and the first line of why. */
  readonly told?: readonly string[];
}

/** A named part of `npm test`. */
export interface Step {
  readonly name: string;
  /** Steps without which this one says nothing; it is skipped after one of them failed. */
  readonly needs: readonly string[];
  /** Steps that it waits for, however they end. */
  readonly after?: readonly string[];
  /** Minutes after which the step is ended: several times what it takes on a busy machine with two cores. */
  readonly minutes: number;
  /** It uses every core, or measures time: no other step runs beside it. */
  readonly alone?: true;
  readonly run: () => Promise<Outcome> | Outcome;
}

/** One test passed. */
export const pass: Outcome = { passed: 1, failed: 0, skipped: 0 };

/** One test failed. */
export function fail(note: string): Outcome {
  return { passed: 0, failed: 1, skipped: 0, note };
}

/** One test was skipped. */
export function skip(note: string): Outcome {
  return { passed: 0, failed: 0, skipped: 1, note };
}

/** Adds up. */
export function total(counts: Iterable<Counts>): Counts {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const one of counts) {
    passed += one.passed;
    failed += one.failed;
    skipped += one.skipped;
  }
  return { passed, failed, skipped };
}

/** Several outcomes as that of one step: what each says of itself is said of it. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const notes = outcomes.flatMap(({ note }) => note ?? []);
  return {
    ...total(outcomes),
    told: outcomes.flatMap(({ told }) => told ?? []),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

/** What a step's commands share. */
interface Surroundings {
  /** Ends at the step's deadline. */
  readonly signal: AbortSignal;
  /** Takes what the step and its commands say; without it, that goes to the terminal as it comes. */
  readonly write: ((text: string) => void) | undefined;
}

const surroundings = new AsyncLocalStorage<Surroundings>();

/** Says a line where the step's commands say theirs. */
export function say(line: string): void {
  const write = surroundings.getStore()?.write;
  if (write === undefined) console.log(line);
  else write(`${line}\n`);
}

/**
 * Runs a step. At its deadline, the commands that it has started are ended, and it fails.
 * @param write takes what it says, of both streams; else the terminal has it as it comes
 * @returns how it ended; the note of a step that took too long names the step
 */
export async function runStep(step: Step, write?: (text: string) => void): Promise<Outcome> {
  const signal = AbortSignal.timeout(step.minutes * 60_000);
  try {
    const outcome = await surroundings.run({ signal, write }, async () => step.run());
    if (!signal.aborted) return outcome;
  } catch (error) {
    if (!signal.aborted) return fail(error instanceof Error ? error.message : String(error));
  }
  return fail(`the step "${step.name}" was not done after ${String(step.minutes)} minutes, and was ended`);
}

/** A command that is asked to end has this long, in ms; then it is killed. */
const GRACE_MS = 10_000;

/** How a command is run. */
export interface CommandOptions {
  /** Added to the project's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets every line of stdout instead of the terminal. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a command of the project to its end, its output where the step's is.
 * @returns the exit code; 127 if there is no such program, 128 + n after signal n
 */
export async function command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  const { onLine } = options;
  const { signal, write } = surroundings.getStore() ?? {};
  const shown = write === undefined ? 'inherit' : 'pipe';
  const child = spawn(program, args, {
    cwd: root,
    env: { ...projectEnv(), ...options.env },
    stdio: ['ignore', onLine === undefined ? shown : 'pipe', shown],
  });
  if (onLine !== undefined && child.stdout !== null) takeLines(child.stdout, onLine);
  for (const stream of [onLine === undefined ? child.stdout : null, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => write?.(text));
  }
  return ended(child, program, signal);
}

/** Hands over a stream line by line, also a last one that has no end. */
function takeLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** Waits for a command's end; it is asked to end when the signal says so, and killed if it does not. */
async function ended(child: ChildProcess, program: string, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve) => {
    let killing: NodeJS.Timeout | undefined;
    const end = (): void => {
      child.kill('SIGTERM');
      killing = setTimeout(() => {
        child.kill('SIGKILL');
        // What it started may hold its output open for ever: nobody waits for that.
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        resolve(128 + constants.signals.SIGKILL);
      }, GRACE_MS);
    };
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end, { once: true });
    child.on('error', (error: NodeJS.ErrnoException) => {
      say(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (status, killedBy) => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', end);
      resolve(status ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy]));
    });
  });
}

/** Runs a command that is one test: passed if it exits with 0. */
export async function commandStep(program: string, args: readonly string[]): Promise<Outcome> {
  const status = await command(program, args);
  return status === 0 ? pass : fail(`\`${[program, ...args].join(' ')}\` exited with ${String(status)}`);
}

/** Whether a program starts at all. */
export async function hasProgram(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: projectEnv(), stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (status) => resolve(status === 0));
  });
}

/** Whether a missing tool fails a step instead of skipping it. */
export const underCi = process.env['CI'] === 'true';

/**
 * Under CI everything is said to be installed, so a test that was skipped has failed.
 * @param ci whether this is CI
 */
export function withoutSkips(outcome: Outcome, ci: boolean): Outcome {
  if (!ci || outcome.skipped === 0) return outcome;
  const skipped = `${String(outcome.skipped)} skipped, which is a failure under CI`;
  return {
    ...outcome,
    failed: outcome.failed + outcome.skipped,
    skipped: 0,
    note: outcome.note === undefined ? skipped : `${outcome.note}; ${skipped}`,
  };
}

/** A tool is missing: skipped at home, failed under CI, where everything is said to be installed. */
export function missing(note: string): Outcome {
  return underCi ? fail(note) : skip(note);
}
