import { outcomeOfRow, type Act, type FoldedKind, type FoldRow, type TraceRow } from '../../protocol/trace.ts';
import type { ActList } from '../run/act-list.ts';
import type { RunOutcome } from '../run/run.ts';

/** A run that goes on for hours must not fill the page: of the rows before the last so many, what they were is kept. */
const KEPT_ROWS = 600;
const FOLDED_AT_ONCE = 200;

/** What is known of one run. Times are milliseconds on one clock; which, is the giver's affair. */
export interface TraceOfRun {
  readonly startedAt: number;
  /** Undefined while it runs. */
  readonly endedAt: number | undefined;
  readonly outcome: RunOutcome | undefined;
  /** In the order in which the calls began. */
  readonly rows: readonly TraceRow[];
  readonly acts: readonly Act[];
  /** When the host waited for its own stdin, as far as that is known. */
  readonly hostReading?: readonly Stretch[];
}

/** A stretch of time on the clock of the trace. */
export interface Stretch {
  readonly since: number;
  /** Undefined while it lasts. */
  readonly until: number | undefined;
}

/** Stretches of the host that are kept. */
const KEPT_STRETCHES = 400;

/** Collects a run's trace as it comes in; what its reader does is on a list of its own. */
export class TraceStore implements TraceOfRun {
  readonly #rows = new Map<number, TraceRow>();
  readonly #acts: ActList | undefined;
  readonly #hostReading: Stretch[] = [];
  #sorted: readonly TraceRow[] | undefined;
  #startedAt: number;
  #endedAt: number | undefined;
  #outcome: RunOutcome | undefined;

  constructor(startedAt: number, acts?: ActList) {
    this.#startedAt = startedAt;
    this.#acts = acts;
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  get acts(): readonly Act[] {
    return this.#acts?.all ?? [];
  }

  get rows(): readonly TraceRow[] {
    this.#sorted ??= [...this.#rows.values()].sort((a, b) => a.id - b.id);
    return this.#sorted;
  }

  /** `main` was entered. Acts before that count as done then: what was typed ahead waits for it. */
  begin(at: number): void {
    this.#startedAt = at;
  }

  /** Takes new rows, and new versions of old ones. */
  add(rows: readonly TraceRow[]): void {
    for (const row of rows) this.#rows.set(row.id, row);
    this.#sorted = undefined;
    if (this.#rows.size > KEPT_ROWS + FOLDED_AT_ONCE) this.#foldOldest();
  }

  get hostReading(): readonly Stretch[] {
    return this.#hostReading;
  }

  /** Told again and again, of what the host does now. */
  hostReads(isReading: boolean, at: number): void {
    const last = this.#hostReading.at(-1);
    const wasReading = last !== undefined && last.until === undefined;
    if (isReading === wasReading) return;
    if (isReading) this.#hostReading.push({ since: at, until: undefined });
    else if (last !== undefined) this.#hostReading[this.#hostReading.length - 1] = { ...last, until: at };
    if (this.#hostReading.length > KEPT_STRETCHES) this.#hostReading.splice(0, KEPT_STRETCHES / 2);
  }

  end(outcome: RunOutcome, at: number): void {
    this.hostReads(false, at);
    this.#outcome = outcome;
    this.#endedAt = at;
  }

  #foldOldest(): void {
    const oldest = this.rows.slice(0, FOLDED_AT_ONCE).filter((row) => row.until !== undefined);
    const fold = foldRows(oldest);
    if (fold === undefined) return;
    for (const { id } of oldest) this.#rows.delete(id);
    this.#rows.set(fold.id, fold);
    this.#sorted = undefined;
  }
}

/** One row for many that have ended; undefined for none. */
export function foldRows(rows: readonly TraceRow[]): FoldRow | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const kinds = new Map<string, FoldedKind & { calls: number; bytes: number }>();
  const count = (kind: FoldedKind): void => {
    const key = `${kind.name} ${String(kind.fd)} ${kind.outcome}`;
    const known = kinds.get(key);
    if (known === undefined) {
      kinds.set(key, { ...kind });
    } else {
      known.calls += kind.calls;
      known.bytes += kind.bytes;
    }
  };
  let calls = 0;
  let until = first.since;
  for (const row of rows) {
    until = Math.max(until, row.until ?? row.since);
    if (row.kind === 'fold') {
      calls += row.calls;
      row.kinds.forEach(count);
    } else {
      calls += 1;
      const bytes = row.end?.kind === 'returned' ? (row.end.bytes ?? 0) : 0;
      count({ name: row.name, fd: row.fd, outcome: outcomeOfRow(row) ?? 'done', calls: 1, bytes });
    }
  }
  const { id, module, since } = first;
  return { kind: 'fold', why: 'earlier', id, module, since, until, calls, kinds: [...kinds.values()] };
}
