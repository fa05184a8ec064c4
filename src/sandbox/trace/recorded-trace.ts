import { TraceFolder } from '../../protocol/trace-folder.ts';
import { argsOfRecording, type CallEnd, type RecordedCall, type RecordedRun } from '../../protocol/trace.ts';
import type { TraceOfRun } from './trace-store.ts';

/** A recorded run as the page's own runs are: its upkeep folded, its end told. */
export function traceOfRecording({ calls, acts, ended, status }: RecordedRun): TraceOfRun {
  const folder = new TraceFolder();
  for (const call of calls) {
    const { id, module, name, fd, since, until, args } = call;
    if (folder.enter({ id, module, name, fd, since })) folder.detail(id, argsOfRecording(args));
    const end = endOf(call);
    if (until !== undefined && end !== undefined) folder.leave(id, until, end);
  }
  return {
    startedAt: 0,
    endedAt: ended,
    outcome: status === undefined ? { kind: 'stopped' } : { kind: 'exited', status },
    rows: folder.take().sort((a, b) => a.id - b.id),
    acts,
  };
}

function endOf({ end }: RecordedCall): CallEnd | undefined {
  return end?.kind === 'returned' ? { ...end, bytes: end.bytes, data: end.data ?? [] } : end;
}
