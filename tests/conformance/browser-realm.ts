/**
 * The conformance tests in a browser: a page imports this file, or starts it as a worker. It is served as it is, with the
 * types stripped (tests/conformance.spec.ts).
 */
import { allCases } from './all-cases.ts';
import { hostCases } from './host-cases.ts';
import { knownFailures } from './known-failures.ts';
import { pluginCases } from './plugin-cases.ts';
import { runCase, type CaseResult } from './run-cases.ts';
import { runInThread, threadCases, type StartThread, type ThreadMessage, type ThreadRun } from './thread-cases.ts';

async function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(new URL(`programs/${name}.wasm`, import.meta.url));
  return new Uint8Array(await answer.arrayBuffer());
}

async function resultOf(name: string, run: () => Promise<void>): Promise<CaseResult> {
  return runCase({ name, of: '', run }, []);
}

/** What is asked of the imports, in the thread that calls it. */
export async function runImportCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of allCases) results.push(await runCase(one, knownFailures));
  return results;
}

/** What is asked of the plugin host, in the thread that calls it. */
export async function runPluginCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of [...pluginCases, ...hostCases]) results.push(await resultOf(one.name, () => one.run(load)));
  return results;
}

function startWorker(): Worker {
  return new Worker(import.meta.url, { type: 'module' });
}

const startThread: StartThread = (run, onMessage) => {
  const worker = startWorker();
  worker.onmessage = ({ data }: MessageEvent<ThreadMessage>) => onMessage(data);
  worker.onerror = ({ message }) => onMessage({ error: message, fault: undefined });
  worker.postMessage({ run } satisfies Task);
  return {
    end: () => worker.terminate(),
  };
};

/** What is asked of plugins in workers that block; called on an isolated page. */
export async function runThreadCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of threadCases) results.push(await resultOf(one.name, () => one.run(load, startThread)));
  return results;
}

const suites = { imports: runImportCases, plugins: runPluginCases };

/** What a worker is told: a suite by name, or a plugin to run. */
type Task = { readonly suite: keyof typeof suites } | { readonly run: ThreadRun };

/** Runs a suite in a worker. */
export async function runInWorker(suite: keyof typeof suites): Promise<CaseResult[]> {
  const worker = startWorker();
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<CaseResult[]>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ suite } satisfies Task);
    });
  } finally {
    worker.terminate();
  }
}

if (!('document' in globalThis)) {
  // A page's `postMessage` has other parameters; this file is checked with the types of a page.
  const post = (message: unknown): void => (globalThis.postMessage as (message: unknown) => void)(message);
  globalThis.onmessage = ({ data }: MessageEvent<Task>) => {
    if ('run' in data) void runInThread(data.run, post);
    else void suites[data.suite]().then(post);
  };
}
