/** Runs one plugin on a host in JavaScript; see `protocol/direct-messages.ts`. */
import type { DirectNews, DirectRequest } from '../../protocol/direct-messages.ts';
import type { WorkerFailure } from '../../protocol/problems.ts';
import { EngineError } from '../engine-error.ts';
import { directHosts } from './direct-hosts.ts';

declare const self: DedicatedWorkerGlobalScope;

/** A plugin that computes keeps the thread, so a timer of this length fires only in one that does not. */
const SETTLED_MS = 20;

function tell(news: DirectNews, transfer: Transferable[] = []): void {
  self.postMessage(news, transfer);
}

let settled: ReturnType<typeof setTimeout> | undefined;
let typing: ReadableStreamDefaultController<Uint8Array> | undefined;
const input = new ReadableStream<Uint8Array>(
  {
    start: (controller) => {
      typing = controller;
    },
    pull: () => {
      settled = setTimeout(() => tell({ type: 'waiting' }), SETTLED_MS);
    },
  },
  { highWaterMark: 0 },
);

function print(bytes: Uint8Array): void {
  const copy = new Uint8Array(bytes);
  tell({ type: 'output', bytes: copy }, [copy.buffer]);
}

function failureOf(error: unknown): WorkerFailure {
  if (error instanceof EngineError) return error.problem;
  return { code: 'unforeseen', detail: error instanceof Error ? error.message : String(error) };
}

async function run({ host, plugin, name }: Extract<DirectRequest, { type: 'start' }>): Promise<void> {
  try {
    const status = await directHosts[host](plugin, input, print, name);
    clearTimeout(settled);
    tell({ type: 'exited', status });
  } catch (error) {
    clearTimeout(settled);
    tell({ type: 'failed', failure: failureOf(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<DirectRequest>) => {
  switch (data.type) {
    case 'start':
      void run(data);
      return;
    case 'typed':
      clearTimeout(settled);
      typing?.enqueue(data.bytes);
      return;
    case 'closed':
      clearTimeout(settled);
      typing?.close();
      return;
  }
};
