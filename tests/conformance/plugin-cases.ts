/** What the plugin host does with whole programs (programs/*.c). Runs in Node, in workers and on pages alike, with JSPI. */
import { PluginError, type PluginFault } from '../../src/engine/plugin/plugin-error.ts';
import {
  runPlugin,
  type PluginOptions,
  type PluginResult,
  type PluginStdin,
} from '../../src/engine/plugin/plugin-host.ts';
import { StdinPipe } from '../../src/engine/stdin/stdin-pipe.ts';
import { expectEqual, expectRejection, expectTrue } from './expect.ts';

/** Brings the bytes of `programs/<name>.wasm`. */
export type LoadProgram = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** One thing that the plugin host does. */
export interface PluginCase {
  readonly name: string;
  readonly run: (load: LoadProgram) => Promise<void>;
}

const encoder = new TextEncoder();

/** A program that runs, and its output so far as text. */
export class Running {
  stdout = '';
  stderr = '';
  readonly result: Promise<PluginResult>;
  #listener: (() => void) | undefined;

  constructor(options: PluginOptions) {
    const [out, err] = [new TextDecoder(), new TextDecoder()];
    this.result = runPlugin({
      stdout: (bytes) => {
        this.stdout += out.decode(bytes, { stream: true });
        this.#listener?.();
      },
      stderr: (bytes) => {
        this.stderr += err.decode(bytes, { stream: true });
      },
      ...options,
    });
  }

  /** Resolves when stdout is this, and rejects if the program ends before. */
  async until(text: string): Promise<void> {
    const reached = new Promise<void>((resolve) => {
      this.#listener = () => {
        if (this.stdout === text) resolve();
      };
      this.#listener();
    });
    const ended = this.result.then(() => expectEqual(this.stdout, text, 'output at the end'));
    await Promise.race([reached, ended]);
    this.#listener = undefined;
  }
}

/** Runs to the end and returns what was written to stdout. @throws Error if the status is another */
export async function outputOf(options: PluginOptions, status = 0): Promise<string> {
  const running = new Running(options);
  expectEqual((await running.result).status, status, 'status');
  return running.stdout;
}

async function linesOf(options: PluginOptions): Promise<string[]> {
  return (await outputOf(options)).trimEnd().split('\n');
}

async function expectFault(options: PluginOptions, fault: PluginFault, message: RegExp): Promise<void> {
  const run = runPlugin(options);
  await expectRejection(run, message);
  const error = await run.catch((reason: unknown) => reason);
  expectTrue(error instanceof PluginError, 'a PluginError');
  expectEqual(error.fault, fault);
  expectTrue(/^expected .*, found .*; /su.test(error.message), `expected, found and the way out in: ${error.message}`);
}

export function fromPipe(kind: 'pipe' | 'terminal' = 'pipe'): { pipe: StdinPipe; stdin: PluginStdin } {
  const pipe = new StdinPipe();
  return { pipe, stdin: { kind, channel: pipe } };
}

const streams: PluginCase[] = [
  {
    name: 'nothing for stdin is /dev/null',
    run: async (load) => {
      const plugin = await load('streams');
      expectEqual(await linesOf({ plugin, args: ['streams', 'read'] }), [
        '0: character device, size 0, terminal no, position yes, nonblocking no, ready yes',
        '1: unknown, size 0, terminal no, position no, nonblocking no, ready yes',
        '2: unknown, size 0, terminal no, position no, nonblocking no, ready yes',
      ]);
    },
  },
  {
    name: 'bytes for stdin are a file',
    run: async (load) => {
      const plugin = await load('streams');
      const stdin: PluginStdin = { kind: 'bytes', bytes: encoder.encode('twelve bytes') };
      expectEqual(
        (await linesOf({ plugin, stdin }))[0],
        '0: regular file, size 12, terminal no, position yes, nonblocking no, ready yes',
      );
    },
  },
  {
    name: 'a pipe for stdin is not ready before something is written, and has no position',
    run: async (load) => {
      const plugin = await load('streams');
      const { pipe, stdin } = fromPipe();
      expectEqual(
        (await linesOf({ plugin, stdin }))[0],
        '0: unknown, size 0, terminal no, position no, nonblocking no, ready no',
      );
      const second = fromPipe();
      void second.pipe.write('x');
      expectEqual(
        (await linesOf({ plugin, stdin: second.stdin }))[0],
        '0: unknown, size 0, terminal no, position no, nonblocking no, ready yes',
      );
      expectEqual(await pipe.write('too late'), false, 'a write after the end');
    },
  },
  {
    name: 'a terminal is one for stdout and stderr too',
    run: async (load) => {
      const plugin = await load('streams');
      expectEqual(await linesOf({ plugin, stdin: fromPipe('terminal').stdin }), [
        '0: character device, size 0, terminal yes, position no, nonblocking no, ready no',
        '1: character device, size 0, terminal yes, position no, nonblocking no, ready yes',
        '2: character device, size 0, terminal yes, position no, nonblocking no, ready yes',
      ]);
    },
  },
  {
    name: 'bytes are copied through, binary ones too, to the last',
    run: async (load) => {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251);
      const pieces: Uint8Array[] = [];
      const { status } = await runPlugin({
        plugin: await load('cat'),
        stdin: { kind: 'bytes', bytes },
        stdout: (piece) => {
          pieces.push(piece);
        },
      });
      const copied = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
      let offset = 0;
      for (const piece of pieces) {
        copied.set(piece, offset);
        offset += piece.length;
      }
      expectEqual([status, copied.length], [0, bytes.length]);
      expectTrue(
        copied.every((byte, index) => byte === bytes[index]),
        'the same bytes',
      );
    },
  },
  {
    name: 'a pipe makes the plugin wait, until it is closed',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const running = new Running({ plugin: await load('greet'), stdin });
      await running.until('Name: ');
      expectEqual(await pipe.write('Ada\n'), true);
      await running.until('Name: Hello, Ada!\nName: ');
      expectEqual(await pipe.write('Bob'), true);
      pipe.close();
      expectEqual((await running.result).status, 0);
      expectEqual(running.stdout, 'Name: Hello, Ada!\nName: Hello, Bob!\nName: \nNo more names.\n');
    },
  },
  {
    name: 'a write to a pipe resolves when the plugin has read it, and to false if it never will',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const writes = Promise.all([pipe.write('one'), pipe.write(''), pipe.write(encoder.encode(' two'))]);
      const running = new Running({ plugin: await load('waits'), args: ['waits', 'readv'], stdin });
      expectEqual(await writes, [true, true, true]);
      await running.result;
      expectEqual(running.stdout, 'readv: 7 bytes\n');
      expectEqual(await pipe.write('three'), false);

      const another = fromPipe();
      const never = another.pipe.write('never read');
      await outputOf({ plugin: await load('process'), args: ['process', 'exit', '0'], stdin: another.stdin });
      expectEqual(await never, false);
    },
  },
  {
    name: 'two plugins wait in one thread, each for its own pipe',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('greet'));
      const [a, b] = [fromPipe(), fromPipe()];
      const [first, second] = [new Running({ plugin, stdin: a.stdin }), new Running({ plugin, stdin: b.stdin })];
      await first.until('Name: ');
      await second.until('Name: ');
      await b.pipe.write('Bob\n');
      await second.until('Name: Hello, Bob!\nName: ');
      await a.pipe.write('Ada\n');
      await first.until('Name: Hello, Ada!\nName: ');
      a.pipe.close();
      b.pipe.close();
      expectEqual([(await first.result).status, (await second.result).status], [0, 0]);
    },
  },
];

const waits: PluginCase[] = [
  {
    name: 'a plugin that polls a pipe goes on with its work until something comes',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const running = new Running({ plugin: await load('waits'), args: ['waits', 'poll'], stdin });
      await running.until('still waiting\n');
      void pipe.write('hello');
      await running.result;
      expectEqual(running.stdout, 'still waiting\npoll: 5 bytes after a while\n');
    },
  },
  {
    name: 'select times out, and then waits for as long as it takes',
    run: async (load) => {
      const { pipe, stdin } = fromPipe('terminal');
      const running = new Running({ plugin: await load('waits'), args: ['waits', 'select'], stdin });
      await running.until('select: 0\n');
      void pipe.write('abc');
      await running.result;
      expectEqual(running.stdout, 'select: 0\nselect: 1, 3 bytes\n');
    },
  },
  {
    name: 'a plugin that sets O_NONBLOCK gets EAGAIN, and can poll',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const running = new Running({ plugin: await load('waits'), args: ['waits', 'nonblocking'], stdin });
      await running.until('read: EAGAIN\n');
      void pipe.write('four');
      await running.result;
      expectEqual(running.stdout, 'read: EAGAIN\npoll: 1, read: 4 bytes\n');
    },
  },
  {
    name: 'a read into two buffers returns with what is there',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      void pipe.write('four');
      expectEqual(await outputOf({ plugin: await load('waits'), args: ['waits', 'readv'], stdin }), 'readv: 4 bytes\n');
    },
  },
  {
    name: 'a sleep takes as long as it should',
    run: async (load) => {
      const start = performance.now();
      expectEqual(
        await outputOf({ plugin: await load('process'), args: ['process', 'sleep', '30'] }),
        'slept long enough\n',
      );
      expectTrue(performance.now() - start >= 29, '30 ms to pass');
    },
  },
];

const outputs: PluginCase[] = [
  {
    name: 'a callback that returns a promise gets the next bytes after that, and makes the plugin wait',
    run: async (load) => {
      const total = 1_000_000;
      let [isBusy, taken, most] = [false, 0, 0];
      const { status } = await runPlugin({
        plugin: await load('process'),
        args: ['process', 'flood', String(total)],
        stdout: async (bytes) => {
          expectTrue(!isBusy, 'one call at a time');
          isBusy = true;
          await new Promise((resolve) => setTimeout(resolve, 1));
          isBusy = false;
          taken += bytes.length;
          most = Math.max(most, bytes.length);
        },
      });
      expectEqual([status, taken], [0, total]);
      expectTrue(most <= 80_000, `no more than 64 KiB and one write to come at once, found ${String(most)}`);
    },
  },
  {
    name: 'a callback that throws ends the plugin, and the run with its error',
    run: async (load) => {
      let calls = 0;
      const run = runPlugin({
        plugin: await load('process'),
        args: ['process', 'flood', '1000000'],
        stdout: () => {
          calls += 1;
          if (calls === 3) throw new RangeError('the disk is full');
        },
      });
      await expectRejection(run, /^the disk is full$/u);
      expectEqual(calls, 3);
    },
  },
  {
    name: 'a callback that rejects ends the plugin, and the run with its error',
    run: async (load) => {
      const run = runPlugin({
        plugin: await load('process'),
        args: ['process', 'flood', '1000000'],
        stdout: () => Promise.reject(new Error('the reader is gone')),
      });
      await expectRejection(run, /^the reader is gone$/u);
    },
  },
  {
    name: 'a run resolves when the callbacks have taken everything',
    run: async (load) => {
      let taken = '';
      await runPlugin({
        plugin: await load('process'),
        args: ['process', 'given'],
        stderr: async (bytes) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          taken += new TextDecoder().decode(bytes);
        },
      });
      expectEqual(taken, 'to stderr\n');
    },
  },
];

const worlds: PluginCase[] = [
  {
    name: 'a plugin is given arguments, environment, clocks and random bytes',
    run: async (load) => {
      const running = new Running({
        plugin: await load('process'),
        args: ['process', 'given', 'Größe'],
        env: { HOME: '/', EMPTY: '' },
        clocks: { realtime: () => 1_700_000_000_000_000_000n, monotonic: () => 0n },
        random: (target) => target.fill(7),
      });
      await running.result;
      expectEqual(running.stdout.trimEnd().split('\n'), [
        'arg process',
        'arg given',
        'arg Größe',
        'env HOME=/',
        'env EMPTY=',
        'time 1700000000',
        'random 7 7 7 7',
      ]);
      expectEqual(running.stderr, 'to stderr\n');
    },
  },
  {
    name: 'a plugin reads and writes files, which are there afterwards',
    run: async (load) => {
      const given = encoder.encode('from outside\n');
      const running = new Running({
        plugin: await load('files'),
        files: { 'in.txt': given, 'data/kept.txt': encoder.encode('kept') },
      });
      const { status, files } = await running.result;
      expectEqual(running.stdout.trimEnd().split('\n'), [
        'read: from outside',
        'first: line 0, size: 8890',
        'final: 16 bytes, regular',
        '.: . .. in.txt data out',
        'out: . .. final.txt link.txt',
        'pread: appe',
        'missing: No such file or directory',
        'outside: refused',
      ]);
      expectEqual(status, 0);
      const texts = [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
      expectEqual(texts, [
        ['data/kept.txt', 'kept'],
        ['out/final.txt', 'LINE 0\nappended\n'],
      ]);
      expectEqual(new TextDecoder().decode(given), 'from outside\n', 'the bytes that were given');
    },
  },
  {
    name: 'files are given by plain paths',
    run: async (load) => {
      const plugin = await load('cat');
      const bytes = new Uint8Array(1);
      for (const path of ['', '/abs', '../up', 'dir/', 'dir//file', './here']) {
        await expectRejection(runPlugin({ plugin, files: { [path]: bytes } }), /expected the path of a file/u);
      }
      await expectRejection(
        runPlugin({ plugin, files: { a: bytes, 'a/b': bytes } }),
        /a file or a directory, found both/u,
      );
    },
  },
];

/** A module whose only content is an import of a function without parameters. */
function moduleImporting(module: string, name: string): Uint8Array<ArrayBuffer> {
  const named = (text: string): number[] => [text.length, ...encoder.encode(text)];
  const entry = [1, ...named(module), ...named(name), 0, 0];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, entry.length, ...entry]);
}

const faults: PluginCase[] = [
  {
    name: 'an exit status is what the plugin exits with',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('process'));
      for (const status of [0, 1, 3, 255]) {
        await outputOf({ plugin, args: ['process', 'exit', String(status)] }, status);
      }
      await outputOf({ plugin, args: ['process', 'exit', '-1'] }, 0xffff_ffff);
      await outputOf({ plugin, args: ['process'] }, 64);
    },
  },
  {
    name: 'a trap is said to be one',
    run: async (load) => {
      const plugin = await load('process');
      await expectFault({ plugin, args: ['process', 'trap'] }, 'trap', /found a trap: .*unreachable/u);
      await expectFault({ plugin, args: ['process', 'abort'] }, 'trap', /found a trap: .*unreachable/u);
      await expectFault({ plugin, args: ['process', 'outside'] }, 'trap', /found a trap: .*(?:memory|out of bounds)/u);
    },
  },
  {
    name: 'recursion without end is said to be that',
    run: async (load) => {
      const plugin = await load('process');
      await expectFault({ plugin, args: ['process', 'recurse'] }, 'stack', /found its stack used up/u);
    },
  },
  {
    name: 'the next run works after one that broke down',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('process'));
      await expectRejection(runPlugin({ plugin, args: ['process', 'trap'] }), /trap/u);
      await outputOf({ plugin, args: ['process', 'exit', '0'] });
    },
  },
  {
    name: 'what is no WebAssembly is said to be that',
    run: async () => {
      await expectFault({ plugin: new Uint8Array() }, 'module', /found no bytes/u);
      const page = encoder.encode('<!doctype html><title>Not found</title>');
      await expectFault({ plugin: page }, 'module', /found 3c 21 64 6f \("<!doctype html>/u);
      await expectFault({ plugin: page.buffer }, 'module', /missing is often answered with a page/u);
    },
  },
  {
    name: 'a component is said to be one',
    run: async () => {
      const component = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
      await expectFault({ plugin: component }, 'module', /found a component; build the plugin for wasm32-wasip1/u);
    },
  },
  {
    name: 'a module that was cut short is said to be incomplete',
    run: async (load) => {
      const whole = await load('greet');
      await expectFault({ plugin: whole.slice(0, 5000) }, 'module', /found 5000 bytes that do not compile/u);
      await expectFault({ plugin: whole.slice(0, 6) }, 'module', /found 6 bytes that do not compile/u);
    },
  },
  {
    name: 'an import that is not there is named',
    run: async (load) => {
      await expectFault({ plugin: await load('missing-import') }, 'imports', /found "env"\."launch" \(function\)/u);
      for (const [module, name, hint] of [
        ['gojs', 'runtime.wasmExit', /GOOS=wasip1/u],
        ['wasi_unstable', 'fd_write', /older WASI/u],
        ['wasi:cli/run', 'run', /newer WASI/u],
        ['./page_bg.js', '__wbindgen_throw', /wasm-bindgen/u],
        ['wasi_snapshot_preview1', 'fd_dup', /"wasi_snapshot_preview1"\."fd_dup"/u],
      ] as const) {
        await expectFault({ plugin: moduleImporting(module, name) }, 'imports', hint);
      }
    },
  },
  {
    name: 'an import can be handed over',
    run: async (load) => {
      const launched: number[] = [];
      const launch = (count: number): number => {
        launched.push(count);
        return 5;
      };
      await outputOf({ plugin: await load('missing-import'), imports: { env: { launch } } }, 5);
      expectEqual(launched, [3]);
    },
  },
  {
    name: 'an import of another type is said to be that',
    run: async () => {
      const plugin = moduleImporting('wasi_snapshot_preview1', 'fd_close');
      await expectFault({ plugin }, 'exports', /"_start"/u);
      await expectFault({ plugin, imports: { wasi_snapshot_preview1: {} } }, 'exports', /found the exports \(none\)/u);
    },
  },
  {
    name: 'a reactor is said to be one',
    run: async (load) => {
      await expectFault({ plugin: await load('reactor') }, 'exports', /found a reactor/u);
    },
  },
];

/** Runs as in a browser that has no JSPI. */
export async function withoutJspi(run: () => Promise<void>): Promise<void> {
  const suspending = Object.getOwnPropertyDescriptor(WebAssembly, 'Suspending');
  expectTrue(suspending !== undefined, 'WebAssembly.Suspending to take away');
  Reflect.deleteProperty(WebAssembly, 'Suspending');
  try {
    await run();
  } finally {
    Object.defineProperty(WebAssembly, 'Suspending', suspending);
  }
}

const oldEngines: PluginCase[] = [
  {
    name: 'without JSPI, a plugin that waits for a clock only runs all the same',
    run: async (load) => {
      const plugin = await load('process');
      await withoutJspi(async () => {
        expectEqual(await outputOf({ plugin, args: ['process', 'sleep', '20'] }), 'slept long enough\n');
      });
    },
  },
  {
    name: 'without JSPI, given bytes can be read',
    run: async (load) => {
      const plugin = await load('cat');
      await withoutJspi(async () => {
        const stdin: PluginStdin = { kind: 'bytes', bytes: encoder.encode('all of it') };
        expectEqual(await outputOf({ plugin, stdin }), 'all of it');
      });
    },
  },
  {
    name: 'without JSPI, a channel that waits by promise is refused',
    run: async (load) => {
      const plugin = await load('cat');
      await withoutJspi(async () => {
        await expectFault({ plugin, stdin: fromPipe().stdin }, 'engine', /expected WebAssembly\.Suspending/u);
      });
    },
  },
];

/** Everything that is asked of the plugin host. */
export const pluginCases: readonly PluginCase[] = [
  ...streams,
  ...waits,
  ...outputs,
  ...worlds,
  ...faults,
  ...oldEngines,
];
