import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HostWatch } from '../../src/engine/run/host-watch.ts';

const none = { bytes: 0, ended: false };

describe('what the host does', () => {
  it('is told by its waits: it reads stdin until something has come', () => {
    const watch = new HostWatch();
    assert.equal(watch.take(none).isNew, false);
    watch.waits('read', true, none);
    assert.deepEqual(watch.take(none), { host: { readsStdin: true, isParked: false }, isNew: true });
    // Again and again the same is told once.
    watch.waits('read', true, none);
    assert.equal(watch.take(none).isNew, false);
    const some = { bytes: 4, ended: false };
    assert.equal(watch.take(some).host.readsStdin, false);
    // Whoever has heard of what was read has forgotten, so the same is told again.
    watch.waits('read', true, some);
    assert.deepEqual(watch.take(some), { host: { readsStdin: true, isParked: false }, isNew: true });
    watch.waits('read', true, { bytes: 8, ended: false });
    assert.equal(watch.take({ bytes: 8, ended: false }).isNew, true);
    watch.waits('not read', true, none);
    assert.equal(watch.take(none).host.readsStdin, false);
  });

  it('reads no more after the end, and a wait for room tells nothing of stdin', () => {
    const watch = new HostWatch();
    watch.waits('read', true, none);
    watch.waits(undefined, true, none);
    assert.equal(watch.take(none).host.readsStdin, true);
    watch.waits('read', true, { bytes: 0, ended: true });
    assert.equal(watch.take({ bytes: 0, ended: true }).host.readsStdin, false);
  });

  it('is parked where it waits while its plugin is in no call', () => {
    const watch = new HostWatch();
    watch.waits('not read', false, none);
    assert.equal(watch.take(none).host.isParked, true);
    watch.runs();
    assert.equal(watch.take(none).host.isParked, false);
  });
});
