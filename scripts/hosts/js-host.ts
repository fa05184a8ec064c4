/**
 * One plugin on a host in JavaScript: `node js-host.ts HOST plugin.wasm NAME STDIN`. HOST is "shim" or "engine"; STDIN is
 * "unset", "file" for the bytes on fd 0, or "pipe" for what comes there. See scripts/compare-hosts.ts.
 */
import { readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim';
import { runPlugin, type PluginStdin } from '../../src/engine/plugin/plugin-host.ts';
import { StdinPipe } from '../../src/engine/stdin/stdin-pipe.ts';

const FD = { stdin: 0, stdout: 1 } as const;

const [, , host, file = '', name = '', stdin = ''] = process.argv;
const plugin = await WebAssembly.compile(readFileSync(file));
const pause = new Int32Array(new SharedArrayBuffer(4));

function print(bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(FD.stdout, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1); // Whoever reads fd 1 is slower.
    }
  }
}

async function onShim(): Promise<number> {
  if (stdin !== 'file') throw new Error(`the shim has files only, expected "file", found ${JSON.stringify(stdin)}`);
  const output = new ConsoleStdout(print);
  const wasi = new WASI([name], [], [new OpenFile(new File(readFileSync(FD.stdin))), output, output], { debug: false });
  const instance = await WebAssembly.instantiate(plugin, { wasi_snapshot_preview1: wasi.wasiImport });
  return wasi.start(instance as Parameters<typeof wasi.start>[0]);
}

function engineStdin(): PluginStdin {
  switch (stdin) {
    case 'unset':
      return { kind: 'nothing' };
    case 'file':
      return { kind: 'bytes', bytes: readFileSync(FD.stdin) };
    default: {
      const pipe = new StdinPipe();
      process.stdin.on('data', (bytes: Buffer) => void pipe.write(bytes));
      process.stdin.on('end', () => pipe.close());
      return { kind: 'pipe', channel: pipe };
    }
  }
}

async function onEngine(): Promise<number> {
  const { status } = await runPlugin({ plugin, args: [name], stdin: engineStdin(), stdout: print, stderr: print });
  return status;
}

process.exit(await (host === 'shim' ? onShim() : onEngine()));
