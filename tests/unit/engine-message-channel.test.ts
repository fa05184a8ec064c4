import assert from 'node:assert/strict';
import { it } from 'node:test';
import process from 'node:process';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

it('an abandoned channel keeps no thread alive, however long a program wanted to wait', async () => {
  const before = timers();
  const channel = new MessageStdinChannel({ onmessage: null });
  void channel.wait(() => false, performance.now() + 3_600_000);
  assert.equal(timers(), before + 1);
  channel.abandon();
  assert.equal(timers(), before);

  // It can be used again.
  const woken = channel.wait(() => channel.available > 0, Infinity);
  channel.deliver({ type: 'data', bytes: new Uint8Array(1) });
  await woken;
});
