import fc from 'fast-check';
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { it } from 'node:test';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import type { StdinMessage } from '../../src/protocol/messages.ts';
import { ByteStream } from './byte-stream.ts';
import { checkAsync } from './fuzz.ts';

const size = fc.oneof(fc.nat(20), fc.nat(60_000));
const session = fc.record({
  writes: fc.array(fc.record({ size, pause: fc.boolean() }), { maxLength: 10 }),
  reads: fc.array(fc.record({ size: size.map((bytes) => bytes + 1), pause: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
});

const STUCK_AFTER_MS = 30_000;

it('bytes that are transferred through a real port arrive once and in order, and then the end', async () => {
  await checkAsync(
    'stdin by a real port',
    session,
    async ({ writes, reads }) => {
      const { port1, port2 } = new MessageChannel();
      const channel = new MessageStdinChannel(port2);
      const model = new ByteStream();
      const post = (message: StdinMessage, transfer: ArrayBuffer[] = []): void => port1.postMessage(message, transfer);
      const page = async (): Promise<void> => {
        for (const write of writes) {
          const bytes = model.write(write.size);
          post({ type: 'data', bytes }, [bytes.buffer]);
          assert.equal(bytes.length, 0, 'was not given away');
          if (write.pause) await turn();
        }
        post({ type: 'close' });
        const late = new Uint8Array(3);
        post({ type: 'data', bytes: late }, [late.buffer]);
      };
      const program = async (): Promise<void> => {
        for (let index = 0; !channel.ended; index += 1) {
          await channel.wait(() => channel.available > 0 || channel.ended, Infinity);
          const read = reads[index % reads.length];
          const target = new Uint8Array(read?.size ?? 1);
          model.take(target.subarray(0, channel.read(target)));
          if (read?.pause === true) await channel.yieldTurn();
        }
      };
      try {
        await Promise.all([page(), program()]);
        assert.equal(model.length, 0, 'bytes were lost');
        await turn();
        assert.ok(channel.ended, 'EOF did not stay');
      } finally {
        port1.close();
      }
    },
    STUCK_AFTER_MS,
  );
});
