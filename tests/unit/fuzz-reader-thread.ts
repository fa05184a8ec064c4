/** A thread that reads stdin over shared memory to its end, as a worker does, and says what it found. */
import { parentPort } from 'node:worker_threads';
import { SharedMemoryChannel } from '../../src/engine/stdin/shared-memory-channel.ts';
import { ByteStream } from './byte-stream.ts';

/** Page → thread: read this. */
export interface ReadTask {
  readonly buffer: SharedArrayBuffer;
  /** Bytes asked for, read by read, over and over. */
  readonly sizes: readonly number[];
  /** Bytes that will come in all. */
  readonly total: number;
}

/** Thread → page. */
export type ReadReport =
  | { readonly type: 'space' }
  | { readonly type: 'ended'; readonly read: number }
  | { readonly type: 'wrong'; readonly reason: string };

function post(message: ReadReport): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ buffer, sizes, total }: ReadTask) => {
  const channel = new SharedMemoryChannel(buffer, () => post({ type: 'space' }));
  const model = new ByteStream();
  model.written = total;
  try {
    for (let turn = 0; ; turn += 1) {
      channel.wait(() => channel.available > 0 || channel.ended, Infinity);
      const target = new Uint8Array(sizes[turn % sizes.length] ?? 1);
      const count = channel.read(target);
      model.take(target.subarray(0, count));
      if (count === 0) break;
    }
    post({ type: 'ended', read: model.read });
  } catch (error) {
    post({ type: 'wrong', reason: String(error) });
  }
});
