import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostDoing, TraceSummary } from '../../src/protocol/messages.ts';
import { describeHost } from '../../src/sandbox/chips/host-chip.ts';
import { describePlugin } from '../../src/sandbox/chips/plugin-chip.ts';
import { IDLE, withStdinRead, withTrace, type PluginExit, type RunState } from '../../src/sandbox/run/run-state.ts';
import { verbatim, withoutFences } from '../../src/sandbox/run/verbatim.ts';

const summary = (part: Partial<TraceSummary>): TraceSummary => ({
  calls: 5,
  readsWithData: 0,
  readsAtEof: 0,
  readsFailed: 0,
  bytesRead: 0,
  bytesWritten: 0,
  pending: undefined,
  ...part,
});
const RUNS: HostDoing = { readsStdin: false, isParked: false };
const READS: HostDoing = { readsStdin: true, isParked: false };
const READS_ALONE: HostDoing = { readsStdin: true, isParked: true };

const running: RunState = { ...IDLE, phase: 'running' };
const inRead = { name: 'fd_read', fd: 0, since: 1000 };

/** A run of which the trace has told this. */
function told(part: Partial<TraceSummary>, host = RUNS, pluginExit?: PluginExit, before = running, now = 0): RunState {
  return withTrace(before, { summary: summary(part), host, pluginExit }, now);
}
function ended(state: RunState, outcome: RunState['outcome']): RunState {
  return { ...state, phase: 'ended', outcome };
}
/** What the chips say. */
const plugin = (state: RunState, now = 0): string => withoutFences(describePlugin(state, now).text);
const host = (state: RunState): string => withoutFences(describeHost(state).text);
const exitsWith = (status: number, stderr = ''): RunState['outcome'] => ({
  kind: 'exited',
  status,
  trace: { stderr, asked: status, pluginStatus: undefined },
});

describe('the plugin’s chip', () => {
  it('names what comes before the first call', () => {
    assert.equal(plugin(IDLE), 'not started');
    const loading: RunState = { ...IDLE, phase: 'loading' };
    // The half of what is not compressed is told as the half of what crosses the wire.
    const half: RunState = { ...loading, loaded: { bytes: 5e6, of: 1e7, wire: 2e6 } };
    const said = { name: 'loading', text: 'loading 1.0 of 2.0 MB', spoken: 'loading' };
    assert.deepEqual(describePlugin(half, 0), said);
    assert.equal(plugin({ ...loading, step: 'compiling the host' }), 'compiling the host');
    assert.equal(plugin(loading), 'starting');
    assert.equal(plugin({ ...loading, program: { ...IDLE.program, isCompiled: true } }), 'compiling');
  });

  it('says compiling where that is known, and else that no call has come', () => {
    const started = { ...running, lastCallAt: 1000 };
    assert.equal(plugin(started, 2000), 'compiling');
    assert.equal(plugin(started, 7000), 'no call yet, 6.0 s');
    // Go’s runtime makes a call at once, so until then it is being compiled.
    assert.equal(plugin({ ...started, program: { ...IDLE.program, callsAtOnce: true } }, 7000), 'compiling');
    const prepared = { ...started, program: { ...IDLE.program, isCompiled: true } };
    assert.equal(plugin(prepared, 2000), 'starting');
    assert.equal(plugin(prepared, 7000), 'no call yet, 6.0 s');
    assert.equal(plugin(told({ calls: 0 }, READS_ALONE)), 'not started');
  });

  it('says which call waits, and for how long', () => {
    const state = told({ pending: inRead }, READS);
    assert.deepEqual(describePlugin(state, 3300), {
      name: 'waiting',
      text: `waiting in ${verbatim('fd_read')}, 2.3 s`,
      spoken: `waiting in ${verbatim('fd_read')}`,
      met: 'wait',
    });
    // Tenths of a second, as long as they can be read.
    assert.equal(plugin(state, 11_400), 'waiting in fd_read, 10 s');
    for (const name of ['fd_write', 'poll_oneoff']) {
      assert.equal(plugin(told({ pending: { ...inRead, name } }), 1000), `waiting in ${name}, 0.0 s`);
    }
  });

  it('counts EOF while the plugin reads on', () => {
    const flood = told({ readsAtEof: 1_204_331 });
    assert.deepEqual(describePlugin(flood, 0), {
      name: 'eof',
      text: 'EOF ×1,204,331, reading on',
      spoken: 'EOF, reading on',
      met: 'eof',
    });
    assert.equal(plugin(told({ readsAtEof: 1 })), 'EOF');
    assert.equal(plugin(ended(flood, { kind: 'stopped' })), 'EOF ×1,204,331, stopped');
  });

  it('is no longer at EOF when data came after it', () => {
    const atEof = told({ readsAtEof: 5 });
    const state = told({ readsAtEof: 5, readsWithData: 1 }, RUNS, undefined, atEof);
    assert.equal(describePlugin(state, 0).name, 'running');
    const again = told({ readsAtEof: 6, readsWithData: 1 }, RUNS, undefined, state);
    assert.equal(describePlugin(again, 0).name, 'eof');
  });

  it('keeps the last verdict', () => {
    const exit = { code: 0, call: 5 };
    const gone = told({ readsAtEof: 1 }, READS_ALONE, exit);
    const said = { name: 'exited', text: 'EOF, exited 0', spoken: 'EOF, exited 0', met: 'eof' };
    assert.deepEqual(describePlugin(gone, 0), said);
    const over = describePlugin(ended(gone, exitsWith(0)), 0);
    assert.deepEqual([over.text, over.spoken, over.met], ['EOF, then exited 0', 'EOF, exited 0', 'eof']);
    assert.equal(plugin(ended(told({}, RUNS, { code: 3, call: 5 }), exitsWith(3))), 'exited 3');
    assert.equal(plugin(ended(told({}), { kind: 'stopped' })), 'stopped');
    assert.equal(
      plugin(ended(told({ calls: 0 }), { kind: 'failed', failure: { code: 'no-worker' } })),
      'did not start',
    );
    const write = told({ pending: { ...inRead, name: 'fd_write' } });
    for (const outcome of [exitsWith(2), { kind: 'stopped' } as const]) {
      const cut = describePlugin(ended(write, outcome), 0);
      assert.equal(withoutFences(cut.text), 'fd_write never returned');
      assert.equal(cut.met, 'wait');
    }
  });

  it('says exited without proc_exit only of a plugin that returns, and that nothing else ends', () => {
    const returns = { ...running, program: { ...IDLE.program, mayReturn: true } };
    assert.equal(plugin(told({ readsAtEof: 1 }, READS_ALONE, undefined, returns)), 'EOF, exited 0');
    assert.equal(plugin(ended(told({ readsAtEof: 1 }, RUNS, undefined, returns), exitsWith(0))), 'EOF, then exited 0');
    assert.equal(plugin(ended(told({ readsAtEof: 1 }, RUNS, undefined, returns), exitsWith(1))), 'EOF, ended');
    assert.equal(plugin(ended(told({ readsAtEof: 1 }), exitsWith(0))), 'EOF, ended');
    assert.equal(plugin(told({ readsAtEof: 1 }, READS_ALONE)), 'EOF');
    assert.equal(plugin(told({}, READS_ALONE)), 'not running');
    // Another instance has made a call since.
    assert.equal(plugin(told({ calls: 6 }, RUNS, { code: 0, call: 5 })), 'running');
  });

  it('says for how long a plugin has made no call, since it may loop for ever', () => {
    const state = told({}, RUNS, undefined, running, 1000);
    assert.equal(plugin(state, 2999), 'running');
    assert.deepEqual(describePlugin(state, 7000), { name: 'running', text: 'computing 6.0 s', spoken: 'running' });
  });
});

describe('the host’s chip', () => {
  it('says what it does before its plugin’s first call', () => {
    assert.equal(host(IDLE), 'not started');
    const go: RunState = { ...running, program: { ...IDLE.program, callsAtOnce: true } };
    assert.equal(host(go), 'compiles the plugin');
    assert.equal(host({ ...go, program: { ...go.program, isCompiled: true } }), 'running');
    assert.equal(host(told({ calls: 0 }, READS_ALONE, undefined, go)), 'reads your input');
  });

  it('reads your input, whether its plugin waits or is gone, until something has come', () => {
    const waits = told({ pending: inRead }, READS);
    assert.deepEqual(describeHost(waits), { name: 'reading', text: 'reads your input', spoken: 'reads your input' });
    assert.equal(host(told({ readsAtEof: 1 }, READS_ALONE, { code: 0, call: 5 })), 'reads your input');
    assert.equal(host(withStdinRead(waits)), 'in the call');
  });

  it('is in the call where it passes its own stdin on', () => {
    const terminal = { ...running, program: { ...IDLE.program, stdin: 'terminal' as const } };
    assert.equal(host(told({ pending: inRead }, READS, undefined, terminal)), 'in the call');
    assert.equal(host(told({}, READS, undefined, terminal)), 'reads your input');
  });

  it('is in the call while its plugin lives, and then runs or waits on', () => {
    assert.equal(host(told({ pending: inRead })), 'in the call');
    assert.equal(host(told({})), 'in the call');
    assert.equal(host(told({}, RUNS, { code: 0, call: 5 })), 'running');
    assert.equal(host(told({}, { readsStdin: false, isParked: true }, { code: 0, call: 5 })), 'waits');
  });

  it('says whose exit status it is, and why', () => {
    const over = (outcome: RunState['outcome']): ReturnType<typeof describeHost> =>
      describeHost(ended(told({}), outcome));
    assert.equal(withoutFences(over(exitsWith(0)).text), 'exited 0');
    assert.equal(over(exitsWith(0)).met, undefined);
    const late = over(exitsWith(1, 'the plugin was stopped: context deadline exceeded\n'));
    assert.equal(withoutFences(late.text), 'exited 1 · context deadline exceeded');
    assert.equal(late.met, 'failure');
    assert.equal(
      withoutFences(over(exitsWith(2, 'fatal error: all goroutines are asleep - deadlock!\n')).text),
      'exited 2 · deadlock: all goroutines of the host wait',
    );
    assert.equal(over({ kind: 'stopped' }).text, 'stopped');
    assert.equal(
      withoutFences(over({ kind: 'failed', failure: { code: 'host-trap', detail: 'unreachable' } }).text),
      'The host trapped (unreachable). Press Run again.',
    );
  });

  it('is never amber or mulberry', () => {
    const states = [told({ pending: inRead }, READS), told({ readsAtEof: 9 }), ended(told({}), exitsWith(1))];
    for (const state of states) assert.ok(![describeHost(state).met].some((met) => met === 'wait' || met === 'eof'));
  });
});
