import { words } from '#words/run';
import { explainExit } from '../run/exit-cause.ts';
import { fencedFailure } from '../run/run-failure.ts';
import { pluginStatusOf, type RunState } from '../run/run-state.ts';
import { verbatim } from '../run/verbatim.ts';
import type { Chip } from './show-chip.ts';

/** What a host is doing; the value of `data-state` on its chip. */
export type HostStateName =
  | 'idle'
  | 'loading'
  | 'compiling'
  | 'running'
  | 'in-call'
  | 'reading'
  | 'parked'
  | 'exited'
  | 'stopped'
  | 'failed'
  | 'replaying';

const { host: say } = words.states;

type HostChip = Chip<HostStateName>;

/** Describes what the host does, as far as its plugin's calls and its own waits tell. */
export function describeHost(state: RunState): HostChip {
  switch (state.phase) {
    case 'idle':
      return chip('idle', say.idle);
    case 'loading': {
      const isLoaded = state.loaded.of === 0 || state.loaded.bytes >= state.loaded.of;
      if (!isLoaded || state.step !== undefined) return chip('idle', say.idle);
      return state.program.isCompiled ? chip('compiling', say.compiles) : chip('loading', say.starting);
    }
    case 'replaying':
      return chip('replaying', say.replaying);
    case 'ended':
      return describeEnd(state);
    case 'running':
      return describeRunning(state);
  }
}

function chip(name: HostStateName, text: string, met?: HostChip['met']): HostChip {
  return { name, text, spoken: text, ...(met !== undefined && { met }) };
}

function describeRunning(state: RunState): HostChip {
  const { trace, host, program } = state;
  const isPluginInCall = trace?.pending !== undefined;
  // What is typed goes to the plugin: the host only waits with it.
  const passesOn = program.stdin === 'terminal' && isPluginInCall;
  if (host.readsStdin && !passesOn) return chip('reading', say.reads);
  if (host.isParked) return chip('parked', say.waits);
  if ((trace?.calls ?? 0) === 0) {
    return program.isCompiled || !program.callsAtOnce ? chip('running', say.running) : chip('compiling', say.compiles);
  }
  return pluginStatusOf(state) === undefined ? chip('in-call', say.inCall) : chip('running', say.running);
}

function describeEnd({ outcome }: RunState): HostChip {
  switch (outcome?.kind) {
    case 'exited': {
      const { status, trace } = outcome;
      const cause = trace && explainExit(status, trace, verbatim);
      const said = cause === undefined ? say.exited(status) : say.exitedBecause(status, cause);
      return chip('exited', said, status === 0 ? undefined : 'failure');
    }
    case 'failed':
      return chip('failed', fencedFailure(outcome.failure), 'failure');
    case 'stopped':
    case undefined:
      return chip('stopped', say.stopped);
  }
}
