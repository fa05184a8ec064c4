/**
 * Plugins in a thread that blocks (`SharedMemoryChannel`), driven from another one. Runs with Node's worker threads and on
 * pages that are isolated.
 */
import { PluginError } from '../../src/engine/plugin/plugin-error.ts';
import { runPlugin } from '../../src/engine/plugin/plugin-host.ts';
import { SharedMemoryChannel } from '../../src/engine/stdin/shared-memory-channel.ts';
import { createSharedRing, SharedRingWriter } from '../../src/protocol/shared-ring.ts';
import { expectEqual, expectTrue } from './expect.ts';
import type { LoadProgram } from './plugin-cases.ts';

/** What the thread is told, once. */
export interface ThreadRun {
  readonly plugin: WebAssembly.Module;
  readonly args: readonly string[];
  readonly ring: SharedArrayBuffer;
  /** Make the output callback return a promise, which can't work. */
  readonly returnsPromise?: boolean;
  /** Make the output callback abort the run's signal. */
  readonly aborts?: boolean;
}

/** What the thread says. */
export type ThreadMessage =
  | { readonly stdout: Uint8Array<ArrayBuffer> }
  /** A read made room for bytes that did not fit. */
  | { readonly space: true }
  | { readonly status: number }
  | { readonly error: string; readonly fault: string | undefined };

/** The thread's end. */
export async function runInThread(run: ThreadRun, post: (message: ThreadMessage) => void): Promise<void> {
  const channel = new SharedMemoryChannel(run.ring, () => post({ space: true }));
  const control = new AbortController();
  try {
    const { status } = await runPlugin({
      plugin: run.plugin,
      args: run.args,
      stdin: { kind: 'pipe', channel },
      stdout: (stdout) => {
        post({ stdout });
        if (run.aborts === true) control.abort(new RangeError('aborted by the callback'));
        return run.returnsPromise === true ? Promise.resolve() : undefined;
      },
      signal: control.signal,
    });
    post({ status });
  } catch (error) {
    const fault = error instanceof PluginError ? error.fault : undefined;
    post({ error: error instanceof Error ? error.message : String(error), fault });
  }
}

/** Starts a thread that calls `runInThread`. */
export type StartThread = (run: ThreadRun, onMessage: (message: ThreadMessage) => void) => { end(): void };

/** One thing that a plugin in a thread does. */
export interface ThreadCase {
  readonly name: string;
  readonly run: (load: LoadProgram, start: StartThread) => Promise<void>;
}

/** The driver's end: what came so far, and a way to wait for more. */
class Driver {
  readonly writer: SharedRingWriter;
  readonly #thread: { end(): void };
  #stdout: Uint8Array<ArrayBuffer>[] = [];
  #received = 0;
  #ended: ThreadMessage | undefined;
  #spaces = 0;
  #notify: (() => void) | undefined;

  constructor(start: StartThread, run: Omit<ThreadRun, 'ring'>) {
    const ring = createSharedRing();
    this.writer = new SharedRingWriter(ring);
    this.#thread = start({ ...run, ring }, (message) => {
      if ('stdout' in message) {
        this.#stdout.push(message.stdout);
        this.#received += message.stdout.length;
      } else if ('space' in message) {
        this.#spaces += 1;
      } else {
        this.#ended = message;
        this.#thread.end();
      }
      this.#notify?.();
    });
  }

  get text(): string {
    const decoder = new TextDecoder();
    return this.#stdout.map((bytes) => decoder.decode(bytes, { stream: true })).join('');
  }

  /** Bytes of stdout so far. */
  get received(): number {
    return this.#received;
  }

  get chunks(): readonly Uint8Array[] {
    return this.#stdout;
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
  }

  async untilText(text: string): Promise<void> {
    await this.#until(() => this.text === text || this.#ended !== undefined);
    expectEqual(this.text, text);
  }

  async end(): Promise<ThreadMessage | undefined> {
    await this.#until(() => this.#ended !== undefined);
    return this.#ended;
  }

  /** Writes all, waiting for room. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) {
      const spaces = this.#spaces;
      this.writer.wantSpace(true);
      const count = this.writer.write(bytes.subarray(offset));
      offset += count;
      if (count === 0) await this.#until(() => this.#spaces > spaces || this.#ended !== undefined);
      expectTrue(this.#ended === undefined, 'the plugin to run on');
    }
    this.writer.wantSpace(false);
  }
}

const encoder = new TextEncoder();

const cases: readonly ThreadCase[] = [
  {
    name: 'a pipe blocks the thread, until it is closed',
    run: async (load, start) => {
      const plugin = await WebAssembly.compile(await load('greet'));
      const driver = new Driver(start, { plugin, args: ['greet'] });
      await driver.untilText('Name: ');
      await driver.write(encoder.encode('Ada\n'));
      await driver.untilText('Name: Hello, Ada!\nName: ');
      driver.writer.close();
      expectEqual(await driver.end(), { status: 0 });
      expectEqual(driver.text, 'Name: Hello, Ada!\nName: \nNo more names.\n');
    },
  },
  {
    name: 'a plugin that polls goes on with its work until something comes',
    run: async (load, start) => {
      const plugin = await WebAssembly.compile(await load('waits'));
      const driver = new Driver(start, { plugin, args: ['waits', 'poll'] });
      await driver.untilText('still waiting\n');
      await driver.write(encoder.encode('hello'));
      expectEqual(await driver.end(), { status: 0 });
      expectEqual(driver.text, 'still waiting\npoll: 5 bytes after a while\n');
    },
  },
  {
    name: 'more bytes than fit go through, every one',
    run: async (load, start) => {
      const bytes = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 253);
      const plugin = await WebAssembly.compile(await load('cat'));
      const driver = new Driver(start, { plugin, args: ['cat'] });
      await driver.write(bytes);
      driver.writer.close();
      expectEqual(await driver.end(), { status: 0 });
      expectEqual(driver.received, bytes.length);
      let offset = 0;
      for (const chunk of driver.chunks) {
        const start = offset;
        expectTrue(
          chunk.every((byte, index) => byte === bytes[start + index]),
          'the same bytes',
        );
        offset += chunk.length;
      }
    },
  },
  {
    name: 'an output callback that returns a promise is told that it cannot',
    run: async (load, start) => {
      const plugin = await WebAssembly.compile(await load('greet'));
      const driver = new Driver(start, { plugin, args: ['greet'], returnsPromise: true });
      const end = await driver.end();
      expectTrue(end !== undefined && 'error' in end, 'an error');
      expectTrue(/^expected the output callback to return nothing, found a promise/u.test(end.error), end.error);
    },
  },
  {
    name: 'a plugin that waits ends by a signal of its own thread, and by another thread',
    run: async (load, start) => {
      const plugin = await WebAssembly.compile(await load('greet'));
      const aborted = await new Driver(start, { plugin, args: ['greet'], aborts: true }).end();
      expectEqual(aborted, { error: 'aborted by the callback' });
      const driver = new Driver(start, { plugin, args: ['greet'] });
      await driver.untilText('Name: ');
      driver.writer.stop();
      expectEqual(await driver.end(), { error: 'The run was stopped.' });
    },
  },
  {
    name: 'a trap is said to be one',
    run: async (load, start) => {
      const plugin = await WebAssembly.compile(await load('process'));
      const end = await new Driver(start, { plugin, args: ['process', 'trap'] }).end();
      expectTrue(end !== undefined && 'error' in end && end.fault === 'trap', 'a trap');
    },
  },
];

/** Everything that is asked of a plugin in a thread that blocks. */
export const threadCases: readonly ThreadCase[] = [...cases];
