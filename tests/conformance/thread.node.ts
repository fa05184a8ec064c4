/** A worker thread of Node for thread-cases.ts. */
import { parentPort } from 'node:worker_threads';
import { runInThread, type ThreadRun } from './thread-cases.ts';

parentPort?.on('message', (run: ThreadRun) => {
  void runInThread(run, (message) => parentPort?.postMessage(message));
});
