/** The bench's page. `scripts/bench.ts` opens it and calls `globalThis.bench`; times are milliseconds on `performance`'s clock. */
import { DirectRunner } from './direct-runner.ts';
import { check, editToOutput, openToolchain, prepareBuild } from './edit.ts';
import { RunnoRunner, WasmerRunner } from './peer-runners.ts';
import type { BenchPlugin, BenchProcess, Runner, RunnerName, TransportKind } from './runner.ts';
import { WazeroRunner } from './wazero-runner.ts';

/** What runs, and how it waits; peers have one way only. */
export interface Subject {
  readonly runner: RunnerName;
  readonly transport?: TransportKind;
  /** Address of the Go hosts. */
  readonly hosts: string;
}

/** So long a plugin is left alone, so that it waits in its read. */
const SETTLE_MS = 3;
/** Lines that are not counted: a browser compiles well only what has run often. */
const WARM_UP = 300;
/** Starts that are not counted: the first pays for what is made once, and a page is warm after some. */
const WARM_STARTS = 3;

/** Hands over what arrives. */
class Output {
  #take: ((bytes: Uint8Array) => void) | undefined;

  readonly take = (bytes: Uint8Array): void => {
    this.#take?.(bytes);
  };

  /** Resolves to the time at which `count` more bytes have arrived. @param keep told of each piece */
  next(count = 1, keep?: (bytes: Uint8Array) => void): Promise<number> {
    let length = 0;
    return new Promise((resolve) => {
      this.#take = (bytes) => {
        const now = performance.now();
        length += bytes.length;
        keep?.(bytes);
        if (length < count) return;
        this.#take = undefined;
        resolve(now);
      };
    });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const loaded = new Map<string, Runner>();

async function runnerOf({ runner, transport = 'jspi', hosts }: Subject, plugin: BenchPlugin): Promise<Runner> {
  const key = `${runner}/${transport}`;
  let found = loaded.get(key);
  if (found === undefined) {
    switch (runner) {
      case 'direct':
        found = new DirectRunner(transport);
        break;
      case 'wazero':
        found = new WazeroRunner(transport, hosts);
        break;
      case 'runno':
        found = new RunnoRunner();
        break;
      case 'wasmer':
        found = new WasmerRunner();
        break;
    }
    loaded.set(key, found);
  }
  await found.load(plugin);
  return found;
}

/** Start of a fresh process to its first output, with everything loaded; and from the stop before to that output. */
async function starts(
  subject: Subject,
  plugin: BenchPlugin,
  count: number,
): Promise<{ fromStart: number[]; fromStop: number[] }> {
  const runner = await runnerOf(subject, plugin);
  const fromStart: number[] = [];
  const fromStop: number[] = [];
  let last: BenchProcess | undefined;
  for (let n = -WARM_STARTS; n < count; n += 1) {
    const output = new Output();
    const first = output.next();
    const stopped = performance.now();
    await last?.stop();
    const started = performance.now();
    last = await runner.start(plugin, output.take);
    const arrived = await first;
    if (n >= 0) {
      fromStart.push(arrived - started);
      fromStop.push(arrived - stopped);
    }
    await pause(50);
  }
  await last?.stop();
  return { fromStart, fromStop };
}

/** A line written while the plugin waits, to its answer on the page. */
async function wakeUps(subject: Subject, plugin: BenchPlugin, prompts: boolean, count: number): Promise<number[]> {
  const runner = await runnerOf(subject, plugin);
  const output = new Output();
  const prompt = prompts ? output.next() : undefined;
  const process = await runner.start(plugin, output.take);
  await prompt;
  const times: number[] = [];
  for (let n = -WARM_UP; n < count; n += 1) {
    await pause(SETTLE_MS);
    const line = new TextEncoder().encode(`line ${String(n)}\n`);
    const answer = output.next();
    const written = performance.now();
    process.write(line);
    const arrived = await answer;
    if (n >= 0) times.push(arrived - written);
  }
  await process.stop();
  return times;
}

/** Text in which no two places look alike, since one of the peers takes text only. */
function pattern(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = 0x2545_f491;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = 0x30 + (state >>> 26);
  }
  return bytes;
}

/** Bytes through `cat`, from the first write to the last byte on the page. @throws Error if a byte is not as it was written */
async function copies(subject: Subject, plugin: BenchPlugin, bytes: number, count: number): Promise<number[]> {
  const runner = await runnerOf(subject, plugin);
  const output = new Output();
  const process = await runner.start(plugin, output.take);
  const sent = pattern(bytes);
  const echo = output.next(5);
  process.write(new TextEncoder().encode('ready'));
  await echo;
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const pieces: Uint8Array[] = [];
    const copy = sent.slice();
    const last = output.next(bytes, (piece) => pieces.push(piece));
    const started = performance.now();
    process.write(copy);
    times.push((await last) - started);
    let at = 0;
    for (const piece of pieces) {
      for (let index = 0; index < piece.length; index += 1, at += 1) {
        if (piece[index] !== sent[at]) throw new Error(`expected byte ${String(at)} as written, found another`);
      }
    }
    if (at !== bytes) throw new Error(`expected ${String(bytes)} bytes, found ${String(at)}`);
    await pause(20);
  }
  await process.stop();
  return times;
}

let prepared: { readonly output: Output; readonly run: BenchProcess & { readonly release: () => void } } | undefined;

/** Prepares a run. Nothing says when it is ready: that is for the caller to see. */
async function prepare(subject: Subject, plugin: BenchPlugin): Promise<void> {
  const runner = await runnerOf(subject, plugin);
  if (!(runner instanceof WazeroRunner)) throw new Error('expected a runner that prepares runs');
  const output = new Output();
  prepared = { output, run: await runner.prepare(plugin, output.take) };
}

/** Lets the prepared run go on, to its first output. */
async function release(): Promise<number> {
  if (prepared === undefined) throw new Error('expected a prepared run');
  const { output, run } = prepared;
  prepared = undefined;
  const first = output.next();
  const started = performance.now();
  run.release();
  const arrived = await first;
  await run.stop();
  return arrived - started;
}

const kept: BenchProcess[] = [];

/** Starts processes all at once and keeps them. Returns the time until all have written. */
async function keep(subject: Subject, plugin: BenchPlugin, count: number): Promise<number> {
  const runner = await runnerOf(subject, plugin);
  const started = performance.now();
  const arrived = await Promise.all(
    Array.from({ length: count }, async () => {
      const output = new Output();
      const first = output.next();
      kept.push(await runner.start(plugin, output.take));
      return first;
    }),
  );
  return Math.max(...arrived) - started;
}

/** Stops what `keep` has started. */
async function drop(): Promise<void> {
  for (const process of kept.splice(0)) await process.stop();
}

const bench = {
  ...{ starts, wakeUps, copies, prepare, release, keep, drop },
  ...{ openToolchain, prepareBuild, check, editToOutput },
};
export type Bench = typeof bench;
Object.assign(globalThis, { bench });
