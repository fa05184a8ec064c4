import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActList } from '../../src/sandbox/run/act-list.ts';
import { TypedQueue } from '../../src/sandbox/run/typed-queue.ts';

const moment = { at: 0, waitingSince: undefined };

function type(acts: ActList, text: string): void {
  acts.add({ kind: 'typed', text, bytes: new TextEncoder().encode(text).length, ...moment });
}

describe('the queue of typed text', () => {
  it('gives a line to the log when its last byte was read', () => {
    const acts = new ActList(0);
    const queue = new TypedQueue(acts);
    type(acts, '世\n');
    type(acts, 'Ada\n');
    assert.equal(queue.takeRead({ bytes: 3, ended: false }), '');
    assert.equal(queue.takeRead({ bytes: 4, ended: false }), '世\n');
    assert.equal(queue.unread, 'Ada\n');
    assert.equal(queue.takeRead({ bytes: 8, ended: false }), 'Ada\n');
    assert.equal(queue.unread, '');
  });

  it('shows the end once, when the host has met it', () => {
    const acts = new ActList(0);
    const queue = new TypedQueue(acts);
    type(acts, 'last');
    acts.add({ kind: 'closed', ...moment });
    assert.equal(queue.takeRead({ bytes: 4, ended: false }), 'last');
    assert.equal(queue.takeRead({ bytes: 4, ended: true }), '^D\n');
    assert.equal(queue.takeRead({ bytes: 4, ended: true }), '');
  });

  it('shows no end that came of itself', () =>
    assert.equal(new TypedQueue(new ActList(0)).takeRead({ bytes: 0, ended: true }), ''));

  it('keeps what was not read when the run was stopped', () => {
    const acts = new ActList(0);
    const queue = new TypedQueue(acts);
    type(acts, 'Ada\n');
    acts.add({ kind: 'stopped', ...moment });
    assert.equal(queue.takeRead({ bytes: 0, ended: false }), '');
    assert.equal(queue.unread, 'Ada\n');
  });
});
