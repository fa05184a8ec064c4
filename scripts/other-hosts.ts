/**
 * Plugins on other hosts than wazero: each session is recorded in the notation of a transcript, into
 * `src/data/other-hosts.json`, and replayed by `tests/compare/other-hosts.test.ts`.
 *
 *     node scripts/other-hosts.ts    records
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTranscript, type TranscriptStep } from '../src/protocol/transcript.ts';
import type { DirectHostName } from '../src/protocol/direct-messages.ts';
import { directHosts } from '../src/engine/other-hosts/direct-hosts.ts';
import { root } from './install.mjs';
import { linesOf, until } from './hosts/recorded-session.ts';
import { withoutStacks } from './without-stacks.ts';

/** All sessions. */
export const otherHosts = [
  'shim-file',
  'shim-waits',
  'engine-pipe',
  'shim-waits-goroutines',
  'shim-later',
  'shim-no-poll',
  'engine-goroutines',
  'node-wasi-null',
  'node-wasi-pipe',
  'node-wasi-touched',
] as const;
/** One of them. */
export type OtherHost = (typeof otherHosts)[number];

/** `src/data/other-hosts.json`. */
export interface OtherHostsRecord {
  readonly versions: Readonly<Record<string, string>>;
  readonly transcripts: Readonly<Record<OtherHost, string>>;
}

const recordFile = join(root, 'src', 'data', 'other-hosts.json');

/** Silence of this length is a wait. */
const SILENCE_MS = { record: 1500, replay: 300 };

interface Session {
  readonly write: (text: string) => void;
  readonly close: () => void;
  /** All that was written so far. */
  readonly output: () => string;
  /** Undefined while it runs. */
  readonly status: () => number | undefined;
  readonly kill: () => void;
}

/** The plugin that greets, in C, or one in Go: it counts while it reads, or it only sleeps. `npm run wasm` builds them. */
function pluginOf(host: OtherHost): { readonly file: string; readonly name: string } {
  if (host === 'shim-no-poll') return { file: artefact('plugins-go'), name: 'output-live.wasm' };
  return host === 'shim-later' || host.endsWith('-goroutines')
    ? { file: artefact('plugins-go'), name: 'plugin-freezes.wasm' }
    : { file: artefact('pipe-waits.c'), name: 'pipe-waits.wasm' };
}

function artefact(key: string): string {
  const folder = join(root, 'public', 'wasm');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artefacts: Record<string, { file: string } | undefined>;
  };
  const file = manifest.artefacts[key]?.file;
  if (file === undefined) throw new Error(`public/wasm/manifest.json: expected an artefact "${key}", found none`);
  return join(folder, file);
}

async function startDirect(host: DirectHostName, { file, name }: ReturnType<typeof pluginOf>): Promise<Session> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let output = '';
  let status: number | undefined;
  let typing: ReadableStreamDefaultController<Uint8Array> | undefined;
  const input = new ReadableStream<Uint8Array>({
    start: (controller) => {
      typing = controller;
    },
  });
  const print = (bytes: Uint8Array): void => {
    output += decoder.decode(bytes, { stream: true });
  };
  const run = directHosts[host](await WebAssembly.compile(readFileSync(file)), input, print, name);
  void run.then((found) => {
    status = found;
  });
  return {
    write: (text) => typing?.enqueue(encoder.encode(text)),
    close: () => typing?.close(),
    output: () => withoutStacks(output),
    status: () => status,
    kill: () => undefined,
  };
}

/** Node's own WASI, in a process of its own: its reads keep the thread. */
function startNodeWasi(host: OtherHost): Session {
  const args = ['--no-warnings', join(root, 'scripts', 'node-wasi.mjs'), pluginOf(host).file];
  const child = spawn(process.execPath, host === 'node-wasi-touched' ? [...args, 'touch'] : args, {
    stdio: [host === 'node-wasi-null' ? 'ignore' : 'pipe', 'pipe', 'inherit'],
  });
  let output = '';
  let status: number | undefined;
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (text: string) => (output += text));
  // Who has ended does not read any more.
  child.stdin?.on('error', () => undefined);
  child.on('close', (code) => (status = code ?? -1));
  return {
    write: (text) => child.stdin?.write(text),
    close: () => child.stdin?.end(),
    output: () => output,
    status: () => status,
    kill: () => child.stdin?.destroy(),
  };
}

async function start(host: OtherHost): Promise<Session> {
  switch (host) {
    case 'shim-file':
    case 'shim-waits':
    case 'shim-later':
    case 'shim-no-poll':
    case 'engine-pipe':
      return startDirect(host, pluginOf(host));
    case 'shim-waits-goroutines':
      return startDirect('shim-waits', pluginOf(host));
    case 'engine-goroutines':
      return startDirect('engine-pipe', pluginOf(host));
    case 'node-wasi-null':
    case 'node-wasi-pipe':
    case 'node-wasi-touched':
      return startNodeWasi(host);
  }
}

/** Runs a session: a name is typed, and stdin is closed, if the host asks for them. @returns its transcript */
export async function recordOtherHost(host: OtherHost): Promise<string> {
  const session = await start(host);
  const lines = [`$ ${host.startsWith('node') ? 'node' : 'page'} ${pluginOf(host).name}`];
  const acts = ['Ada', undefined];
  let told = 0;
  for (;;) {
    let length = -1;
    while (session.status() === undefined && session.output().length !== length) {
      length = session.output().length;
      await sleep(SILENCE_MS.record);
    }
    lines.push(...linesOf(session.output().slice(told)));
    told = session.output().length;
    const status = session.status();
    if (status !== undefined) return [...lines, `= ${String(status)}`, ''].join('\n');
    lines.push('…');
    if (acts.length === 0) throw new Error(`${host}: expected it to end after stdin was closed, found it waiting`);
    const act = acts.shift();
    lines.push(act === undefined ? '^D' : `< ${act}`);
    if (act === undefined) session.close();
    else session.write(`${act}\n`);
  }
}

/** Plays a transcript. @throws Error that says what was expected and what was found */
export async function replayOtherHost(host: OtherHost, transcript: string): Promise<void> {
  const session = await start(host);
  let expected = '';
  const play = async (step: TranscriptStep): Promise<void> => {
    const found = (): string => `found ${JSON.stringify(session.output())}, status ${String(session.status())}`;
    switch (step.kind) {
      case 'stdout':
        expected += step.text;
        await until(
          () => session.output().length >= expected.length || session.status() !== undefined,
          () => `${host}: output ${JSON.stringify(expected)}`,
        );
        if (!session.output().startsWith(expected)) {
          throw new Error(`${host}: expected the output ${JSON.stringify(expected)}, ${found()}`);
        }
        return;
      case 'waiting':
        await sleep(SILENCE_MS.replay);
        if (session.output() !== expected || session.status() !== undefined) {
          throw new Error(`${host}: expected it to wait after ${JSON.stringify(expected)}, ${found()}`);
        }
        return;
      case 'typed':
        session.write(step.text);
        return;
      case 'closed':
        session.close();
        return;
      case 'exit':
        await until(
          () => session.status() !== undefined,
          () => `${host}: its end`,
        );
        if (session.output() !== expected || session.status() !== step.status) {
          throw new Error(
            `${host}: expected exit status ${String(step.status)} after ${JSON.stringify(expected)}, ${found()}`,
          );
        }
        return;
      case 'command':
      case 'stderr':
      case 'stopped':
        return;
    }
  };
  try {
    for (const step of parseTranscript(transcript)) await play(step);
  } finally {
    session.kill();
  }
}

/** What is recorded. */
export function readOtherHosts(): OtherHostsRecord {
  return JSON.parse(readFileSync(recordFile, 'utf8')) as OtherHostsRecord;
}

async function record(): Promise<void> {
  const shim = JSON.parse(
    readFileSync(join(root, 'node_modules', '@bjorn3', 'browser_wasi_shim', 'package.json'), 'utf8'),
  ) as { version: string };
  const transcripts: Partial<Record<OtherHost, string>> = {};
  for (const host of otherHosts) transcripts[host] = await recordOtherHost(host);
  const versions = { '@bjorn3/browser_wasi_shim': shim.version, Node: process.versions.node };
  writeFileSync(recordFile, `${JSON.stringify({ versions, transcripts }, undefined, 2)}\n`);
}

if (import.meta.main) await record();
