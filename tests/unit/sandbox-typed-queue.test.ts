import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TypedQueue } from '../../src/sandbox/run/typed-queue.ts';

describe('the queue of typed text', () => {
  it('gives a line to the log when its last byte was read', () => {
    const queue = new TypedQueue();
    assert.deepEqual(queue.type('世\n'), new TextEncoder().encode('世\n'));
    queue.type('Ada\n');
    assert.equal(queue.takeRead({ bytes: 3, ended: false }), '');
    assert.equal(queue.takeRead({ bytes: 4, ended: false }), '世\n');
    assert.equal(queue.unread, 'Ada\n');
    assert.equal(queue.takeRead({ bytes: 8, ended: false }), 'Ada\n');
    assert.equal(queue.unread, '');
  });

  it('shows the end once, when the host has met it', () => {
    const queue = new TypedQueue();
    queue.type('last');
    queue.close();
    assert.equal(queue.takeRead({ bytes: 4, ended: false }), 'last');
    assert.equal(queue.takeRead({ bytes: 4, ended: true }), '^D\n');
    assert.equal(queue.takeRead({ bytes: 4, ended: true }), '');
  });
});
