/**
 * A thread of its own for the worlds that compute in Node: wazero's interpreter would keep the main thread from answering the
 * programs on Linux in time. Main → here: `{ world, worlds }` as `workerData`. Here → main, once: what was observed.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { runWorldHere, type Worlds } from './compare-run.ts';
import type { World } from './compare-table.ts';

const { world, worlds } = workerData as { world: World; worlds: Worlds };
parentPort?.postMessage(await runWorldHere(world, worlds));
