/** The worker of a page's Go toolchain: it takes one `OpenMessage`, and then answers one request after the other. */
import {
  BUILD_PARTS,
  CHECK_PARTS,
  type OpenMessage,
  type PackPart,
  type SourceFile,
  type Target,
  type ToolchainAnswer,
  type ToolchainData,
  type ToolchainFault,
  type ToolchainRequest,
} from '../protocol/toolchain.ts';
import { isStackOverflow } from '../engine/plugin/plugin-error.ts';
import { FaultError } from './fault-error.ts';
import { fetchPart } from './fetch-part.ts';
import { GoToolchain } from './go-toolchain.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Work ahead begins after so long without a request, and leaves so long between two steps for one. */
const AHEAD_AFTER_MS = 1500;
const AHEAD_PAUSE_MS = 100;
/** Progress is told no more often. */
const PROGRESS_EVERY_MS = 50;

function send(answer: ToolchainAnswer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer);
}

/** The parts that a request waits for. */
function partsFor(request: ToolchainRequest): readonly PackPart[] {
  switch (request.type) {
    case 'fetch':
      return request.parts;
    case 'check':
      return CHECK_PARTS;
    case 'build':
      return [...CHECK_PARTS, ...BUILD_PARTS];
    case 'format':
      return ['format'];
  }
}

/** What was found right so far, and what is done to it next. */
interface Ahead {
  readonly files: readonly SourceFile[];
  readonly step: 'compile' | 'link';
}

/** One toolchain, and how much of it has arrived. */
class Session {
  readonly #data: ToolchainData;
  readonly #go: GoToolchain;
  readonly #loaded = new Set<PackPart>();
  readonly #arrived = new Map<PackPart, number>();
  #waiting: readonly PackPart[] = [];
  #toldAt = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** What was found right, and is not compiled yet. */
  readonly #ahead = new Map<Target, Ahead>();
  readonly #aheadFor: readonly Target[];
  #isAhead = false;

  constructor({ data, ahead }: OpenMessage) {
    this.#data = data;
    this.#aheadFor = ahead;
    this.#go = new GoToolchain(
      (part) => this.#load(part),
      (on) => send({ type: 'working', on, isAhead: this.#isAhead }),
    );
  }

  async answer(request: ToolchainRequest): Promise<void> {
    clearTimeout(this.#idle);
    this.#waiting = partsFor(request).filter((part) => !this.#loaded.has(part));
    if (this.#waiting.length > 0) this.#tell();
    this.#isAhead = false;
    await this.#serve(request);
    this.#workAheadAfter(AHEAD_AFTER_MS);
  }

  async #serve(request: ToolchainRequest): Promise<void> {
    switch (request.type) {
      case 'fetch':
        await this.#go.prepare(request.parts);
        send({ type: 'fetched' });
        break;
      case 'check': {
        const { target, files } = request;
        const result = await this.#go.check(target, files);
        send({ type: 'checked', result });
        if (result.kind === 'ok' && this.#aheadFor.includes(target))
          this.#ahead.set(target, { files, step: 'compile' });
        else this.#ahead.delete(target);
        break;
      }
      case 'build': {
        const result = await this.#go.build(request.target, request.files);
        this.#ahead.delete(request.target);
        send({ type: 'built', result }, result.kind === 'built' ? [result.wasm.buffer] : []);
        break;
      }
      case 'format':
        send({ type: 'formatted', result: await this.#go.format(request.file) });
        break;
    }
  }

  #workAheadAfter(milliseconds: number): void {
    this.#idle = setTimeout(() => {
      // What goes wrong here, `build` will meet again, and tell.
      void this.#workAhead().catch(() => undefined);
    }, milliseconds);
  }

  /**
   * Compiles what was found right, and links it, so that Run has nothing to wait for and what these find is told. Requests come
   * between the steps.
   */
  async #workAhead(): Promise<void> {
    const canLink = this.#loaded.has('link') && this.#loaded.has('objects');
    const all = [...this.#ahead];
    const next = all.find(([, { step }]) => step === 'compile') ?? (canLink ? all[0] : undefined);
    if (next === undefined) return;
    const [target, { files, step }] = next;
    this.#ahead.delete(target);
    this.#isAhead = true;
    const result = step === 'compile' ? await this.#go.compile(target, files) : await this.#go.build(target, files);
    // A newer program may have been checked while the linker was made ready.
    if (this.#ahead.has(target)) return;
    if (result.kind === 'compiled') this.#ahead.set(target, { files, step: 'link' });
    else if (result.kind !== 'built') send({ type: 'found', target, result });
    this.#workAheadAfter(AHEAD_PAUSE_MS);
  }

  async #load(part: PackPart): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#data.parts[part];
    const bytes = await fetchPart(file, (arrived) => {
      this.#arrived.set(part, arrived);
      const now = performance.now();
      if (arrived < file.bytes && now - this.#toldAt < PROGRESS_EVERY_MS) return;
      this.#toldAt = now;
      this.#tell();
    });
    this.#loaded.add(part);
    return bytes;
  }

  #tell(): void {
    let [loadedBytes, totalBytes] = [0, 0];
    for (const part of this.#waiting) {
      loadedBytes += this.#arrived.get(part) ?? 0;
      totalBytes += this.#data.parts[part].bytes;
    }
    send({ type: 'progress', loadedBytes, totalBytes });
  }
}

/** What the page has a sentence for. */
function faultOf(error: unknown): ToolchainFault {
  if (error instanceof FaultError) return error.fault;
  const detail = error instanceof Error ? error.message : String(error);
  if (isStackOverflow(error)) return { code: 'stack-overflow', detail };
  return { code: error instanceof RangeError ? 'out-of-memory' : 'broke-down', detail };
}

let session: Session | undefined;

self.onmessage = (event: MessageEvent<OpenMessage | ToolchainRequest>) => {
  const message = event.data;
  if (message.type === 'open') {
    session = new Session(message);
    return;
  }
  session?.answer(message).catch((error: unknown) => send({ type: 'failed', fault: faultOf(error) }));
};
