import { words } from '#words/run';
import { verbatim } from '../run/verbatim.ts';
import { eofsOf, pluginStatusOf, type RunState } from '../run/run-state.ts';
import type { Chip } from './show-chip.ts';

/** What a plugin is doing; the value of `data-state` on its chip. */
export type PluginStateName =
  | 'idle'
  | 'loading'
  | 'compiling'
  | 'running'
  | 'parked'
  | 'waiting'
  | 'eof'
  | 'exited'
  | 'stopped'
  | 'failed'
  | 'replaying';

/** A run without calls for so long is told as such: it may compute, and it may loop for ever. */
const QUIET_MS = 2000;

const BYTES_PER_MB = 1e6;

const { plugin: say } = words.states;

type PluginChip = Chip<PluginStateName>;

/** Describes what the plugin does. @param now milliseconds since the Unix epoch, as in `PendingCall.since` */
export function describePlugin(state: RunState, now: number): PluginChip {
  switch (state.phase) {
    case 'idle':
      return chip('idle', say.idle);
    case 'loading':
      return describeLoading(state);
    case 'replaying':
      return chip('replaying', say.replaying);
    case 'ended':
      return describeEnd(state);
    case 'running':
      return describeRunning(state, now);
  }
}

function chip(name: PluginStateName, text: string, spoken = text, met?: PluginChip['met']): PluginChip {
  return { name, text, spoken, ...(met !== undefined && { met }) };
}

/** What crosses the wire is compressed, and told as such. */
function describeLoading({ loaded: { bytes, of, wire }, step, program }: RunState): PluginChip {
  if (of > 0 && bytes < of) {
    const arrived = (bytes / of) * wire;
    return chip('loading', say.loading(arrived / BYTES_PER_MB, wire / BYTES_PER_MB), say.loadingAloud);
  }
  if (step !== undefined) return chip('loading', step);
  return program.isCompiled ? chip('compiling', say.compiling) : chip('loading', say.starting);
}

function describeRunning(state: RunState, now: number): PluginChip {
  const { trace, host } = state;
  if (trace?.pending !== undefined) {
    const call = verbatim(trace.pending.name);
    const seconds = Math.max(0, now - trace.pending.since) / 1000;
    return chip('waiting', say.waiting(call, seconds), say.waitingAloud(call), 'wait');
  }
  const [eofs, status] = [eofsOf(state), pluginStatusOf(state)];
  if (status !== undefined) {
    if (eofs === 0) return chip('exited', say.exited(status));
    return chip('exited', say.eofExited(eofs, status), say.eofExited(1, status), 'eof');
  }
  if (trace === undefined || trace.calls === 0) return describeStart(state, now);
  if (host.isParked) return eofs === 0 ? chip('parked', say.notRunning) : chip('eof', say.eof(eofs), say.eof(1), 'eof');
  if (eofs > 0) return chip('eof', say.readingOn(eofs), eofs > 1 ? say.readingOnAloud : say.eof(1), 'eof');
  const quiet = now - state.lastCallAt;
  return quiet < QUIET_MS ? chip('running', say.running) : chip('running', say.computing(quiet / 1000), say.running);
}

/** Before the plugin's first call. */
function describeStart({ host, program, lastCallAt }: RunState, now: number): PluginChip {
  if (host.isParked) return chip('idle', say.idle);
  const quiet = now - lastCallAt;
  if (!program.isCompiled && program.callsAtOnce) return chip('compiling', say.compiling);
  if (quiet >= QUIET_MS) return chip('running', say.noCall(quiet / 1000), say.noCallAloud);
  return program.isCompiled ? chip('running', say.starting) : chip('compiling', say.compiling);
}

/** The last verdict stays. */
function describeEnd(state: RunState): PluginChip {
  const { trace, outcome } = state;
  const name = outcome?.kind ?? 'stopped';
  if (trace?.pending !== undefined) {
    const said = say.neverReturned(verbatim(trace.pending.name));
    return chip(name, said, said, 'wait');
  }
  const [eofs, status] = [eofsOf(state), pluginStatusOf(state)];
  if (eofs > 0) {
    if (status !== undefined) {
      return chip(name, say.eofThenExited(eofs, status), say.eofExited(1, status), 'eof');
    }
    const said = name === 'stopped' ? say.eofStopped : say.eofEnded;
    return chip(name, said(eofs), said(1), 'eof');
  }
  if (status !== undefined) return chip(name, say.exited(status));
  if (name === 'stopped') return chip(name, say.stopped);
  return chip(name, name === 'failed' && (trace?.calls ?? 0) === 0 ? say.didNotStart : say.ended);
}
