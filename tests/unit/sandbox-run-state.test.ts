import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceSummary } from '../../src/protocol/messages.ts';
import { describeState, IDLE, withTrace, type RunState } from '../../src/sandbox/run/run-state.ts';
import { verbatim, withoutFences } from '../../src/sandbox/run/verbatim.ts';

const trace = (part: Partial<TraceSummary>): TraceSummary => ({
  calls: 0,
  readsWithData: 0,
  readsAtEof: 0,
  readsFailed: 0,
  bytesRead: 0,
  bytesWritten: 0,
  pending: undefined,
  ...part,
});
const running: RunState = { ...IDLE, phase: 'running' };

describe('the state line', () => {
  it('counts what was loaded', () => {
    const state: RunState = { ...IDLE, phase: 'loading', loaded: { bytes: 4_300_000, of: 10_000_000 } };
    assert.deepEqual(describeState(state, 0), { name: 'loading', text: 'loading 43 % of 10.0 MB', spoken: 'loading' });
  });

  it('says which call waits, and for how long', () => {
    const state = withTrace(running, trace({ pending: { name: 'fd_read', fd: 0, since: 1000 } }), 1000);
    assert.deepEqual(describeState(state, 3300), {
      name: 'waiting',
      text: `waiting in ${verbatim('fd_read')}, 2.3 s`,
      spoken: `waiting in ${verbatim('fd_read')}`,
    });
  });

  it('says when the host waits for stdin after its plugin has met EOF', () => {
    const state = { ...withTrace(running, trace({ readsAtEof: 1 }), 0), hostWaits: true };
    const said = 'waiting: the host reads stdin';
    assert.deepEqual(describeState(state, 0), { name: 'waiting', text: said, spoken: said });
    assert.equal(describeState(withTrace(state, trace({ readsAtEof: 2 }), 0), 0).name, 'eof');
  });

  it('counts EOF while nothing else comes', () => {
    const state = withTrace(running, trace({ readsAtEof: 1_204_331 }), 0);
    assert.deepEqual(describeState(state, 0), { name: 'eof', text: 'EOF ×1,204,331', spoken: 'EOF' });
  });

  it('is no longer at EOF when data came after it', () => {
    const atEof = withTrace(running, trace({ readsAtEof: 5 }), 0);
    const state = withTrace(atEof, trace({ readsAtEof: 5, readsWithData: 1 }), 0);
    assert.equal(describeState(state, 0).name, 'running');
    assert.equal(describeState(withTrace(state, trace({ readsAtEof: 6, readsWithData: 1 }), 0), 0).name, 'eof');
  });

  it('says for how long a program has made no call, since it may loop for ever', () => {
    assert.equal(describeState(running, 1e12).text, 'running');
    const started: RunState = { ...running, lastCallAt: 1000 };
    assert.equal(describeState(started, 2999).text, 'running');
    const text = 'running, no call for 5.2 s';
    assert.deepEqual(describeState(started, 6240), { name: 'running', text, spoken: 'running' });
    assert.equal(describeState(withTrace(started, trace({ calls: 1 }), 6000), 6240).text, 'running');
  });

  it('says how a run ended', () => {
    const ended = (outcome: RunState['outcome']): string =>
      withoutFences(describeState({ ...running, phase: 'ended', outcome }, 0).text);
    assert.equal(ended({ kind: 'exited', status: 0 }), 'exited 0');
    const trace = { stderr: 'fatal error: all goroutines are asleep - deadlock!\n', asked: 2, pluginStatus: undefined };
    assert.equal(ended({ kind: 'exited', status: 2, trace }), 'exited 2 · deadlock: all goroutines of the host wait');
    assert.equal(ended({ kind: 'stopped' }), 'stopped');
    assert.equal(
      ended({ kind: 'failed', failure: { code: 'host-trap', detail: 'unreachable' } }),
      'The host trapped (unreachable). Press Run again.',
    );
  });
});
