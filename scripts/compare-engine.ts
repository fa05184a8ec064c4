/** Runs programs on the engine, in Node: directly, and in wazero as a page does. */
import { runPlugin, type PluginStdin } from '../src/engine/plugin/plugin-host.ts';
import { runProgram } from '../src/engine/run/run-program.ts';
import { StdinPipe } from '../src/engine/stdin/stdin-pipe.ts';
import { Session } from './compare-session.ts';
import type { StdinKind } from './compare-table.ts';

const decoder = new TextDecoder();

function finished(session: Session, status: number): ReadonlyMap<string, string> {
  if (status !== 0) throw new Error(`expected exit status 0, found ${String(status)}`);
  return session.observations;
}

function sessionOn(pipe: StdinPipe): Session {
  return new Session({
    write: (bytes) => pipe.write(bytes),
    end: () => pipe.close(),
  });
}

/**
 * Runs a program directly on the engine.
 * @param file what is on stdin, if `stdin` is `bytes`
 * @returns what it observed
 */
export async function runOnEngine(
  plugin: WebAssembly.Module,
  stdin: StdinKind,
  file: Uint8Array,
): Promise<ReadonlyMap<string, string>> {
  const pipe = new StdinPipe();
  const given: Readonly<Record<StdinKind, PluginStdin>> = {
    pipe: { kind: 'pipe', channel: pipe },
    terminal: { kind: 'terminal', channel: pipe },
    nothing: { kind: 'nothing' },
    bytes: { kind: 'bytes', bytes: file },
  };
  const session = stdin === 'pipe' || stdin === 'terminal' ? sessionOn(pipe) : new Session();
  const take = (bytes: Uint8Array): void => session.take(decoder.decode(bytes));
  const { status } = await runPlugin({ plugin, stdin: given[stdin], stdout: take, stderr: take });
  return finished(session, status);
}

/**
 * Runs a program in wazero, in a Go host, on the engine: all that a page has, but for the page.
 * @param host the host of `examples/compare`, for WASI
 * @param wiring the host's first argument
 * @returns what it observed
 */
export async function runInPage(
  host: WebAssembly.Module,
  wiring: string,
  plugin: Uint8Array<ArrayBuffer>,
): Promise<ReadonlyMap<string, string>> {
  const pipe = new StdinPipe();
  const session = sessionOn(pipe);
  const status = await runProgram({
    module: host,
    argv: ['host', wiring, 'plugin.wasm'],
    env: [],
    files: [{ name: 'plugin.wasm', bytes: plugin }],
    channel: pipe,
    hold: false,
    tell: (news) => {
      if (news.type !== 'output') return;
      for (const { bytes } of news.chunks) session.take(decoder.decode(bytes));
    },
  });
  return finished(session, status);
}
