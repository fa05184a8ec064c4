import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { threadCases, type StartThread, type ThreadMessage } from './thread-cases.ts';

const programs = join(import.meta.dirname, 'programs');

function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(new Uint8Array(readFileSync(join(programs, `${name}.wasm`))));
}

const start: StartThread = (run, onMessage) => {
  const worker = new Worker(new URL('thread.node.ts', import.meta.url));
  worker.on('message', (message: ThreadMessage) => onMessage(message));
  worker.on('error', (error) =>
    onMessage({ error: error instanceof Error ? error.message : String(error), fault: undefined }),
  );
  worker.postMessage(run);
  return {
    end: () => {
      void worker.terminate();
    },
  };
};

describe('the plugin host in a thread that blocks', () => {
  for (const one of threadCases) it(one.name, () => one.run(load, start));
});
