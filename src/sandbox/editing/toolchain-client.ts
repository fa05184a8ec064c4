/**
 * The Go toolchain, seen from the page. It owns one worker; nothing of it is fetched before `open`.
 *
 *     Toolchain.sizes(data)                 what it will cost, for the button
 *     const go = await Toolchain.open(data, { onProgress })
 *     await go.check('host', files)         while the reader types: ask as often as you like
 *     await go.build('host', files)         on Run; links only, if the files were left alone for a while
 *     go.dispose()
 */
import { words } from '#words/editing/toolchain';
import { isInTheWay, type Asked, type Work } from './in-the-way.ts';
import { sentenceOf } from '../../protocol/problems.ts';
import {
  BUILD_PARTS,
  CHECK_PARTS,
  type BuildResult,
  type CheckResult,
  type FormatResult,
  type OpenMessage,
  type PackPart,
  type Refusal,
  type SourceFile,
  type Target,
  type ToolchainAnswer,
  type ToolchainData,
  type ToolchainFaults,
  type ToolchainRequest,
} from '../../protocol/toolchain.ts';

/** How much has arrived of what a call waits for, in compressed bytes. */
export interface PackProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** How a toolchain is opened. */
export interface OpenOptions {
  /** Told while parts arrive, for `open` and for any later call that fetches more. */
  readonly onProgress?: (progress: PackProgress) => void;
  /** Told of what was found wrong with a target after its last check, while it was compiled ahead. */
  readonly onFound?: (target: Target, found: Refusal) => void;
}

/** The toolchain could not be loaded or broke down; the message is for the reader. It was disposed of: open another. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError';
}

/** The answer to a check that nobody waits for any more, since a newer one was asked for before it began. */
interface Superseded {
  readonly type: 'superseded';
}

interface Waiting extends Asked {
  readonly request: ToolchainRequest;
  isAbandoned: boolean;
  readonly resolve: (answer: ToolchainAnswer | Superseded) => void;
  readonly reject: (error: unknown) => void;
}

function absolute(data: ToolchainData): ToolchainData {
  const parts = Object.entries(data.parts).map(([name, file]) => [
    name,
    { ...file, url: new URL(file.url, document.baseURI).href },
  ]);
  return { ...data, parts: Object.fromEntries(parts) as ToolchainData['parts'] };
}

/** So long, in milliseconds, may a tool keep others waiting with what nobody wants any more; then its worker is replaced. */
const PATIENCE_MS = 4000;

/** A worker with the Go compiler, linker and gofmt; another, if it does not come to an end with what nobody wants any more. */
export class Toolchain {
  readonly #data: ToolchainData;
  readonly #options: OpenOptions;
  #worker: Worker;
  readonly #queue: Waiting[] = [];
  #current: Waiting | undefined;
  #failure: ToolchainError | undefined;
  #work: (Work & { readonly since: number }) | undefined;
  /** What was last found right: the worker may compile it ahead. */
  readonly #right = new Map<Target, readonly SourceFile[]>();
  /** What may be compiled ahead; not a target whose program took too long. */
  #ahead: readonly Target[] = ['host', 'plugin'];
  #patience: ReturnType<typeof setTimeout> | undefined;

  private constructor(data: ToolchainData, options: OpenOptions) {
    this.#data = absolute(data);
    this.#options = options;
    this.#worker = this.#startWorker();
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('../../toolchain/worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<ToolchainAnswer>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      // A script that could not be loaded is an event without a message.
      const message: unknown = event instanceof ErrorEvent ? event.message : undefined;
      this.#fail(typeof message === 'string' && message !== '' ? words.workerBrokeDown(message) : words.workerMissing);
    };
    worker.postMessage({ type: 'open', data: this.#data, ahead: this.#ahead } satisfies OpenMessage);
    return worker;
  }

  /**
   * Bytes to transfer, known before anything is fetched: `check` until the first diagnostics, `build` on top of that until the
   * first run. Nothing is transferred twice, on later visits neither, as long as the browser's cache keeps it.
   */
  static sizes(data: ToolchainData): { readonly check: number; readonly build: number } {
    const sum = (parts: readonly PackPart[]): number =>
      parts.reduce((total, part) => total + data.parts[part].bytes, 0);
    return { check: sum(CHECK_PARTS), build: sum(BUILD_PARTS) };
  }

  /**
   * Starts the worker, and fetches what `check` needs.
   *
   * @throws ToolchainError if it can't be had
   */
  static async open(data: ToolchainData, options: OpenOptions = {}): Promise<Toolchain> {
    const toolchain = new Toolchain(data, options);
    await toolchain.#fetch(CHECK_PARTS);
    return toolchain;
  }

  /**
   * Tells what is wrong with the program, in the compiler's words. What was found right is compiled while nothing else is asked.
   * Of checks that wait for one another, the latest of a target is done and the others are answered with undefined; one that
   * has begun ends, which takes tens of milliseconds to a second, or is given up after some seconds.
   *
   * @param files Go files, and what they embed, in one folder
   * @throws ToolchainError if the compiler itself broke down
   */
  async check(target: Target, files: readonly SourceFile[]): Promise<CheckResult | undefined> {
    const stale = this.#queue.findIndex(({ request }) => request.type === 'check' && request.target === target);
    if (stale >= 0) {
      for (const { resolve } of this.#queue.splice(stale, 1)) resolve({ type: 'superseded' });
    }
    const answer = await this.#ask({ type: 'check', target, files });
    if (answer.type === 'superseded') return undefined;
    if (answer.type !== 'checked') throw unexpected(answer);
    return answer.result;
  }

  /**
   * Compiles and links the program. The linker and the packages' code are fetched when this is first called, or by
   * `prepareBuild`. One that takes more than some seconds is ended when a newer program of the target is asked about.
   *
   * @param signal tells that nobody waits for it any more
   * @throws ToolchainError if a part can't be had, the toolchain itself broke down, or it was ended
   */
  async build(target: Target, files: readonly SourceFile[], signal?: AbortSignal): Promise<BuildResult> {
    const answer = await this.#ask({ type: 'build', target, files }, signal);
    if (answer.type !== 'built') throw unexpected(answer);
    return answer.result;
  }

  /** Fetches what `build` needs, ahead of it. @throws ToolchainError */
  async prepareBuild(): Promise<void> {
    await this.#fetch(BUILD_PARTS);
  }

  /**
   * Formats one Go file as gofmt does; gofmt is fetched when this is first called. The diagnostics are gofmt's.
   *
   * @throws ToolchainError if it can't be had
   */
  async format(file: { readonly name: string; readonly text: string }): Promise<FormatResult> {
    const answer = await this.#ask({ type: 'format', file });
    if (answer.type !== 'formatted') throw unexpected(answer);
    return answer.result;
  }

  /** Ends the worker, which gives all its memory back. Calls that wait are rejected. */
  dispose(): void {
    this.#fail(words.closed);
  }

  async #fetch(parts: readonly PackPart[]): Promise<void> {
    const answer = await this.#ask({ type: 'fetch', parts });
    if (answer.type !== 'fetched') throw unexpected(answer);
  }

  #ask(request: ToolchainRequest, signal?: AbortSignal): Promise<ToolchainAnswer | Superseded> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, isAbandoned: signal?.aborted === true, resolve, reject };
      signal?.addEventListener('abort', () => this.#abandon(waiting));
      this.#queue.push(waiting);
      this.#next();
      this.#watch();
    });
  }

  #abandon(waiting: Waiting): void {
    waiting.isAbandoned = true;
    const at = this.#queue.indexOf(waiting);
    if (at >= 0) this.#queue.splice(at, 1);
    waiting.reject(new ToolchainError(words.ended));
    this.#watch();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    // Run comes before what is checked while typing.
    const urgent = this.#queue.findIndex(({ request }) => request.type !== 'check');
    this.#current = this.#queue.splice(Math.max(urgent, 0), 1)[0];
    if (this.#current !== undefined) this.#worker.postMessage(this.#current.request);
  }

  #receive(answer: ToolchainAnswer): void {
    switch (answer.type) {
      case 'progress':
        this.#options.onProgress?.({ loadedBytes: answer.loadedBytes, totalBytes: answer.totalBytes });
        return;
      case 'working': {
        const { on, isAhead } = answer;
        this.#work = on && { on, isAhead, files: this.#right.get(on), since: performance.now() };
        this.#watch();
        return;
      }
      case 'found':
        this.#options.onFound?.(answer.target, answer.result);
        return;
      case 'fetched':
      case 'checked':
      case 'built':
      case 'formatted':
      case 'failed':
        this.#answered(answer);
    }
  }

  #answered(answer: ToolchainAnswer): void {
    const asked = this.#current;
    if (asked === undefined) return;
    if (answer.type === 'failed') {
      this.#fail(sentenceOf<ToolchainFaults, keyof ToolchainFaults>(words.faults, answer.fault));
      return;
    }
    this.#current = undefined;
    const { request } = asked;
    if (request.type === 'check') this.#right.set(request.target, request.files);
    asked.resolve(answer);
    this.#next();
    this.#watch();
  }

  /** Looks whether the worker is to be replaced, and when. */
  #watch(): void {
    clearTimeout(this.#patience);
    const work = this.#work;
    if (work === undefined || !isInTheWay(work, this.#current, this.#queue)) return;
    const left = work.since + PATIENCE_MS - performance.now();
    this.#patience = setTimeout(() => this.#replaceWorker(), Math.max(left, 0));
  }

  /** Ends the worker with what it is doing, and lets another go on with what is asked; the browser's cache has its parts. */
  #replaceWorker(): void {
    if (this.#failure !== undefined) return;
    this.#worker.terminate();
    const isAhead = this.#work?.isAhead === true;
    // The next text may be as slow: Run compiles it, and until then nothing does.
    if (isAhead) this.#ahead = this.#ahead.filter((target) => target !== this.#work?.on);
    this.#work = undefined;
    this.#worker = this.#startWorker();
    const given = this.#current;
    this.#current = undefined;
    if (given !== undefined) {
      if (isAhead) this.#queue.unshift(given);
      else if (given.request.type === 'check') given.resolve({ type: 'superseded' });
      else given.reject(new ToolchainError(words.ended));
    }
    this.#next();
  }

  #fail(reason: string): void {
    if (this.#failure !== undefined) return;
    const failure = new ToolchainError(reason);
    this.#failure = failure;
    clearTimeout(this.#patience);
    this.#worker.terminate();
    const waiting = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
    for (const { reject } of waiting.splice(0)) reject(failure);
  }
}

function unexpected(answer: ToolchainAnswer | Superseded): ToolchainError {
  return new ToolchainError(words.unexpectedAnswer(answer.type));
}
