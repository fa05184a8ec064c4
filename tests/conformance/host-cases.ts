/**
 * What a host is promised of runs that it starts, joins and ends: channels, pipelines, signals, and what it may hand over.
 * Runs in Node, in workers and on pages alike, with JSPI.
 */
import { runPlugin, type PluginOptions, type PluginStdin } from '../../src/engine/plugin/plugin-host.ts';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import { StdinPipe } from '../../src/engine/stdin/stdin-pipe.ts';
import { callsOfDescriptor3 } from './descriptor-calls.ts';
import { expectEqual, expectRejection, expectTrue } from './expect.ts';
import { fromPipe, outputOf, Running, withoutJspi, type LoadProgram, type PluginCase } from './plugin-cases.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Resolves after what is due now, timers too. */
function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Options as JavaScript may hand them over, without types. */
function untyped(options: object): PluginOptions {
  return options as PluginOptions;
}

const channels: PluginCase[] = [
  {
    name: 'a write to a pipe whose plugin cannot start resolves to false',
    run: async (load) => {
      const plugin = await load('cat');
      const options: Readonly<Record<string, object>> = {
        'no WebAssembly': { plugin: encoder.encode('<!doctype html>') },
        'an import that is not there': { plugin: await load('missing-import') },
        'a reactor': { plugin: await load('reactor') },
        'an argument that is none': { plugin, args: ['a\0b'] },
        'a path that is none': { plugin, files: { '/': new Uint8Array() } },
        'a signal that is aborted': { plugin, signal: AbortSignal.abort(new Error('aborted')) },
      };
      for (const [name, given] of Object.entries(options)) {
        const { pipe, stdin } = fromPipe();
        const run = runPlugin(untyped({ ...given, stdin })).then(
          () => 'it ran',
          () => 'refused',
        );
        expectEqual([await pipe.write('Ada\n'), await run], [false, 'refused'], name);
      }
      const { pipe } = fromPipe();
      const run = runPlugin(untyped({ plugin, stdin: { kind: 'string', channel: pipe } }));
      await expectRejection(Promise.all([run, pipe.write('Ada\n')]), /^expected stdin\.kind/u);
      expectEqual(await pipe.write('Bob\n'), false, 'a kind that is none');
    },
  },
  {
    name: 'a write to a pipe that the plugin has closed resolves to false, though the plugin runs on',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const control = new AbortController();
      const unread = pipe.write('Ada\n');
      const running = new Running({
        plugin: await load('waits'),
        args: ['waits', 'closes'],
        stdin,
        signal: control.signal,
      });
      expectEqual([await unread, await pipe.write('Bob\n')], [false, false]);
      await running.until('sleeps\n');
      control.abort(new Error('seen'));
      await expectRejection(running.result, /^seen$/u);
    },
  },
  {
    name: 'a channel serves one run at a time: a second is refused, and the first goes on',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('cat'));
      const { pipe, stdin } = fromPipe();
      const first = new Running({ plugin, stdin });
      await expectRejection(
        runPlugin({ plugin, stdin }),
        /^expected a channel that no other plugin reads from, found/u,
      );
      expectEqual(await pipe.write('still read'), true);
      pipe.close();
      expectEqual([(await first.result).status, first.stdout], [0, 'still read']);
    },
  },
  {
    name: 'a pipe ends with its run: another run on it is refused',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('waits'));
      const { pipe, stdin } = fromPipe();
      void pipe.write('four');
      const unread = pipe.write('x'.repeat(200));
      expectEqual(await outputOf({ plugin, args: ['waits', 'readv'], stdin }), 'readv: 104 bytes\n');
      expectEqual(await unread, false, 'what nobody reads');
      const again = runPlugin({ plugin, args: ['waits', 'readv'], stdin });
      await expectRejection(again, /^expected a channel that has not ended with its plugin, found .*; make a new one/u);
    },
  },
  {
    name: 'another channel goes on with the next run where the last one stopped reading',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('waits'));
      const channel = new MessageStdinChannel({ onmessage: null });
      const stdin: PluginStdin = { kind: 'pipe', channel };
      channel.deliver({ type: 'data', bytes: new Uint8Array(150) });
      expectEqual(await outputOf({ plugin, args: ['waits', 'readv'], stdin }), 'readv: 104 bytes\n');
      expectEqual(await outputOf({ plugin, args: ['waits', 'readv'], stdin }), 'readv: 46 bytes\n');
      // A run that was ended takes nothing away from the next.
      const control = new AbortController();
      const ended = new Running({ plugin, args: ['waits', 'select'], stdin, signal: control.signal });
      await ended.until('select: 0\n');
      control.abort(new Error('enough'));
      await expectRejection(ended.result, /^enough$/u);
      channel.deliver({ type: 'data', bytes: new Uint8Array(5) });
      expectEqual(await outputOf({ plugin, args: ['waits', 'readv'], stdin }), 'readv: 5 bytes\n');
    },
  },
];

/** Runs a plugin until it has written `text`, and aborts it then. @throws Error unless the run rejects with the reason */
async function expectEnded(options: PluginOptions, text: string): Promise<void> {
  const control = new AbortController();
  const running = new Running({ ...options, signal: control.signal });
  await running.until(text);
  // One that the imports might take for an error about memory.
  const reason = new RangeError('took too long');
  control.abort(reason);
  const found: unknown = await running.result.catch((error: unknown) => error);
  expectTrue(found === reason, `the signal's reason, found ${String(found)}`);
}

const signals: PluginCase[] = [
  {
    name: 'a signal ends a plugin that reads, polls, sleeps or spins, and rejects with its reason',
    run: async (load) => {
      const waits = await WebAssembly.compile(await load('waits'));
      const { pipe, stdin } = fromPipe();
      await expectEnded({ plugin: await load('greet'), stdin }, 'Name: ');
      expectEqual(await pipe.write('Ada\n'), false, 'a write after that');
      await expectEnded({ plugin: waits, args: ['waits', 'select'], stdin: fromPipe().stdin }, 'select: 0\n');
      await expectEnded({ plugin: waits, args: ['waits', 'nonblocking'], stdin: fromPipe().stdin }, 'read: EAGAIN\n');
      await expectEnded({ plugin: waits, args: ['waits', 'spin'], stdin: fromPipe().stdin }, 'spins\n');
      for (const stdin of [{ kind: 'nothing' }, fromPipe().stdin] satisfies PluginStdin[]) {
        await expectEnded({ plugin: waits, args: ['waits', 'sleep'], stdin }, 'sleeps\n');
      }
    },
  },
  {
    name: 'a signal ends a plugin whose reader never takes what it wrote',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('process'));
      // It waits for room, and then it has exited, and only its reader is waited for.
      for (const count of ['1000000', '10']) {
        const control = new AbortController();
        const run = runPlugin({
          plugin,
          args: ['process', 'flood', count],
          stdout: () => {
            void soon().then(() => control.abort(new Error('no reader')));
            return new Promise(() => undefined);
          },
          signal: control.signal,
        });
        await expectRejection(run, /^no reader$/u);
      }
    },
  },
  {
    name: 'a signal that a callback aborts ends a plugin that never waits, with and without JSPI',
    run: async (load) => {
      const plugin = await WebAssembly.compile(await load('writes'));
      const run = async (): Promise<void> => {
        const control = new AbortController();
        let lines = 0;
        const yes = runPlugin({
          plugin,
          args: ['writes', 'yes'],
          stdout: () => {
            lines += 1;
            if (lines === 3) control.abort(new Error('three are enough'));
          },
          signal: control.signal,
        });
        await expectRejection(yes, /^three are enough$/u);
        expectEqual(lines, 3);
      };
      await run();
      await withoutJspi(run);
    },
  },
  {
    name: 'a signal that was aborted starts nothing, and one that is aborted later changes nothing',
    run: async (load) => {
      const plugin = await load('greet');
      const running = new Running({ plugin, signal: AbortSignal.abort(new Error('before')) });
      await expectRejection(running.result, /^before$/u);
      expectEqual(running.stdout, '');
      const control = new AbortController();
      const compiling = new Running({ plugin, signal: control.signal });
      control.abort(new Error('while it compiles'));
      await expectRejection(compiling.result, /^while it compiles$/u);
      await soon();
      expectEqual(compiling.stdout, '');
      const later = new AbortController();
      const run = runPlugin({ plugin, signal: later.signal });
      expectEqual((await run).status, 0);
      later.abort();
      expectEqual((await run).status, 0);
    },
  },
];

/** Runs `writes.wasm`. @returns the status, and what it told on stderr */
async function told(
  load: LoadProgram,
  args: readonly string[],
  stdout: NonNullable<PluginOptions['stdout']>,
): Promise<[number, string]> {
  let text = '';
  const { status } = await runPlugin({
    plugin: await load('writes'),
    args: ['writes', ...args],
    stdout,
    stderr: (bytes) => {
      text += decoder.decode(bytes);
    },
  });
  return [status, text];
}

const pipelines: PluginCase[] = [
  {
    name: 'a callback that returns false, or a promise of it, is a reader that is gone: EPIPE',
    run: async (load) => {
      let taken = 0;
      const take = (bytes: Uint8Array): boolean => {
        taken += bytes.length;
        return taken < 6;
      };
      expectEqual(await told(load, ['yes'], (bytes) => (take(bytes) ? undefined : false)), [1, 'EPIPE\n']);
      expectEqual(taken, 6, 'bytes that the callback was given');
      taken = 0;
      expectEqual(await told(load, ['yes'], async (bytes) => (await soon(), take(bytes))), [1, 'EPIPE\n']);
      expectTrue(taken <= 2 + 65_536, 'nothing to be handed to a reader that is gone');
      // A write that is half way through was written in part, and the next is EPIPE; who polls learns of it.
      const parts = await told(load, ['once', '200000', '2'], async () => (await soon(), false));
      expectEqual(parts, [0, '65536 written\n-1 EPIPE\nroom 1, hung up\n']);
    },
  },
  {
    name: '(bytes) => pipe.write(bytes) makes a pipeline of two plugins, as yes | head',
    run: async (load) => {
      const { pipe, stdin } = fromPipe();
      const head = outputOf({ plugin: await load('waits'), args: ['waits', 'readv'], stdin });
      expectEqual(await told(load, ['yes'], (bytes) => pipe.write(bytes)), [1, 'EPIPE\n']);
      expectTrue(/^readv: \d+ bytes\n$/u.test(await head), 'the reader to have read');

      const whole = fromPipe();
      const copy = outputOf({ plugin: await load('cat'), stdin: whole.stdin });
      await told(load, ['once', '300000'], (bytes) => whole.pipe.write(bytes));
      whole.pipe.close();
      expectEqual((await copy).length, decoder.decode(pattern(300_000)).length);
    },
  },
  {
    name: 'what is no promise of this realm, but can be awaited, is',
    run: async (load) => {
      let [isBusy, calls] = [false, 0];
      const [status] = await told(load, ['once', '200000'], () => {
        expectTrue(!isBusy, 'one call at a time');
        isBusy = true;
        calls += 1;
        return {
          then: (resolve: (() => void) | null | undefined) => {
            setTimeout(() => {
              isBusy = false;
              resolve?.();
            }, 1);
          },
        } as PromiseLike<void>;
      });
      expectEqual([status, isBusy, calls], [0, false, 4]);
    },
  },
];

/** What `writes once` writes. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 251);
}

const windows: PluginCase[] = [
  {
    name: 'a write larger than the window goes through it in pieces, and waits',
    run: async (load) => {
      const size = 1_000_000;
      const all = new Uint8Array(size);
      let [taken, largest, takenAtReturn] = [0, 0, 0];
      await runPlugin({
        plugin: await load('writes'),
        args: ['writes', 'once', String(size)],
        stdout: async (bytes) => {
          await soon();
          all.set(bytes, taken);
          taken += bytes.length;
          largest = Math.max(largest, bytes.length);
        },
        stderr: (bytes) => {
          if (decoder.decode(bytes).startsWith(String(size))) takenAtReturn = taken;
        },
      });
      expectEqual([taken, largest], [size, 65_536]);
      expectTrue(takenAtReturn >= size - 65_536, `all but 64 KiB to be taken before, found ${String(takenAtReturn)}`);
      expectTrue(
        all.every((byte, index) => byte === index % 251),
        'the same bytes',
      );
    },
  },
  {
    name: 'with O_NONBLOCK, it is written in part, and a small one as a whole or not at all',
    run: async (load) => {
      const slow = (): Promise<void> => soon();
      expectEqual(await told(load, ['nonblocking', '1000000', '2'], slow), [0, '65536 written\n-1 EAGAIN\nroom 0\n']);
      const [, small] = await told(load, ['nonblocking', '4096', '17'], slow);
      expectEqual(small, `${'4096 written\n'.repeat(16)}-1 EAGAIN\nroom 0\n`);
      // Nobody who takes the bytes at once makes anybody wait.
      expectEqual(await told(load, ['nonblocking', '1000000'], () => undefined), [0, '1000000 written\nroom 1\n']);
    },
  },
];

const worlds: PluginCase[] = [
  {
    name: 'without files there is no directory: descriptor 3 is EBADF for every call that takes one',
    run: async () => {
      const { plugin, names } = callsOfDescriptor3();
      const { status, files } = await runPlugin({ plugin });
      expectEqual(
        [names[status - 1] ?? 'every one', files.size],
        ['every one', 0],
        'the call that answered another errno',
      );
      const withRoot = await runPlugin({ plugin, files: {} });
      expectTrue(withRoot.status !== 0, 'a directory, be it empty');
    },
  },
  {
    name: 'arguments and environment that a plugin would see changed are refused',
    run: async (load) => {
      const plugin = await load('process');
      for (const argument of ['a\0b', '\ud800']) {
        await expectRejection(
          runPlugin({ plugin, args: ['process', argument] }),
          /^expected an argument .*, found .*; /u,
        );
      }
      for (const name of ['', 'A=B', 'A\0', '\udc00']) {
        const run = runPlugin({ plugin, env: { [name]: 'c' } });
        await expectRejection(run, /^expected the name of an environment variable, .* found .*; /u);
      }
      for (const value of ['a\0b', 'secret\ud800']) {
        const run = runPlugin({ plugin, env: { NAME: value } });
        await expectRejection(run, /^expected a value [^]*, found another for "NAME"; (?![^]*secret)/u);
      }
      await expectRejection(
        runPlugin({ plugin, files: { '\ud800': new Uint8Array() } }),
        /^expected the path of a file/u,
      );
    },
  },
  {
    name: 'what is of another kind than expected is said to be that',
    run: async (load) => {
      const plugin = await load('cat');
      for (const [options, message] of [
        [{ args: 'cat -v' }, /^expected args to be an array of texts, found string; /u],
        [{ args: ['cat', 1] }, /^expected args\[1\] to be a text, found number; /u],
        [{ env: new Map() }, /^expected env to be an object .*, found Map; .*fromEntries/u],
        [{ env: { A: undefined } }, /^expected env\["A"\] to be a text, found undefined; /u],
        [{ stdin: 'text' }, /^expected stdin to be an object .*, found string; /u],
        [{ stdin: null }, /^expected stdin to be an object .*, found Null; /u],
        [{ stdin: { kind: 'string' } }, /^expected stdin\.kind to be .*, found "string"; /u],
        [
          { stdin: { kind: 'bytes', bytes: 'text' } },
          /^expected stdin\.bytes to be a Uint8Array, found string; .*encode/u,
        ],
        [{ stdin: { kind: 'pipe' } }, /^expected stdin\.channel to be a channel, found undefined; /u],
        [{ stdout: [] }, /^expected stdout to be a function, found Array; /u],
        [{ stderr: 'inherit' }, /^expected stderr to be a function, found string; /u],
        [{ files: new Map() }, /^expected files to be an object .*, found Map; /u],
        [{ files: { a: 'text' } }, /^expected files\["a"\] to be a Uint8Array, found string; /u],
        [{ clocks: { realtime: Date.now() } }, /^expected clocks\.realtime to be a function, found number; /u],
        [{ clocks: () => 0n }, /^expected clocks to be an object .*, found function; /u],
        [{ random: 7 }, /^expected random to be a function, found number; /u],
        [{ signal: new AbortController() }, /^expected signal to be an AbortSignal, found AbortController; /u],
      ] as const) {
        await expectRejection(runPlugin(untyped({ plugin, ...options })), message);
      }
      const write = async (): Promise<boolean> => new StdinPipe().write(7 as unknown as string);
      await expectRejection(write(), /^expected data to be a text or a Uint8Array, found number; /u);
    },
  },
];

/** What is asked of the plugin host by who runs plugins with it. */
export const hostCases: readonly PluginCase[] = [...channels, ...signals, ...pipelines, ...windows, ...worlds];
