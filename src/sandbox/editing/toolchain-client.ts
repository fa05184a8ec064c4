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
import { sentenceOf } from '../../protocol/problems.ts';
import {
  BUILD_PARTS,
  CHECK_PARTS,
  type BuildResult,
  type CheckResult,
  type FormatResult,
  type OpenMessage,
  type PackPart,
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
}

/** The toolchain could not be loaded or broke down; the message is for the reader. It was disposed of: open another. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError';
}

/** The answer to a check that nobody waits for any more, since a newer one was asked for before it began. */
interface Superseded {
  readonly type: 'superseded';
}

interface Waiting {
  readonly request: ToolchainRequest;
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

/** One worker with the Go compiler, linker and gofmt. */
export class Toolchain {
  readonly #worker: Worker;
  readonly #onProgress: (progress: PackProgress) => void;
  readonly #queue: Waiting[] = [];
  #current: Waiting | undefined;
  #failure: ToolchainError | undefined;

  private constructor(data: ToolchainData, options: OpenOptions) {
    this.#onProgress = options.onProgress ?? ((): void => undefined);
    this.#worker = new Worker(new URL('../../toolchain/worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = (event: MessageEvent<ToolchainAnswer>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      // A script that could not be loaded is an event without a message.
      const message: unknown = event instanceof ErrorEvent ? event.message : undefined;
      this.#fail(typeof message === 'string' && message !== '' ? words.workerBrokeDown(message) : words.workerMissing);
    };
    this.#worker.postMessage({ type: 'open', data: absolute(data) } satisfies OpenMessage);
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
   * has begun ends, which takes tens of milliseconds to a second.
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
   * `prepareBuild`.
   *
   * @throws ToolchainError if a part can't be had, or the toolchain itself broke down
   */
  async build(target: Target, files: readonly SourceFile[]): Promise<BuildResult> {
    const answer = await this.#ask({ type: 'build', target, files });
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

  #ask(request: ToolchainRequest): Promise<ToolchainAnswer | Superseded> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current !== undefined) return;
    // Run comes before what is checked while typing.
    const urgent = this.#queue.findIndex(({ request }) => request.type !== 'check');
    this.#current = this.#queue.splice(Math.max(urgent, 0), 1)[0];
    if (this.#current !== undefined) this.#worker.postMessage(this.#current.request);
  }

  #receive(answer: ToolchainAnswer): void {
    if (answer.type === 'progress') {
      this.#onProgress({ loadedBytes: answer.loadedBytes, totalBytes: answer.totalBytes });
      return;
    }
    const asked = this.#current;
    if (asked === undefined) return;
    this.#current = undefined;
    if (answer.type === 'failed') {
      this.#current = asked;
      this.#fail(sentenceOf<ToolchainFaults, keyof ToolchainFaults>(words.faults, answer.fault));
      return;
    }
    asked.resolve(answer);
    this.#next();
  }

  #fail(reason: string): void {
    if (this.#failure !== undefined) return;
    const failure = new ToolchainError(reason);
    this.#failure = failure;
    this.#worker.terminate();
    const waiting = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
    for (const { reject } of waiting.splice(0)) reject(failure);
  }
}

function unexpected(answer: ToolchainAnswer | Superseded): ToolchainError {
  return new ToolchainError(words.unexpectedAnswer(answer.type));
}
