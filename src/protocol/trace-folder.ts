import {
  outcomeOf,
  type CallArgs,
  type CallEnd,
  type FoldedKind,
  type FoldRow,
  type Outcome,
  type TraceRow,
} from './trace.ts';

/** A call as it begins. */
export interface CallStart {
  readonly id: number;
  readonly module: number;
  readonly name: string;
  readonly fd: number | undefined;
  readonly since: number;
}

/** What runtimes ask before and between what a program does itself. None of it waits. */
const UPKEEP: ReadonlySet<string> = new Set([
  'args_get',
  'args_sizes_get',
  'clock_res_get',
  'clock_time_get',
  'environ_get',
  'environ_sizes_get',
  'fd_fdstat_get',
  'fd_fdstat_set_flags',
  'fd_filestat_get',
  'fd_prestat_dir_name',
  'fd_prestat_get',
  'random_get',
  'sched_yield',
]);

/** So many calls may be told one by one in a burst … */
const BURST = 100;
/** … and so many a second for good. */
const CALLS_PER_SECOND = 20;
/** A flood is over when so many calls may be told again. */
const FLOOD_OVER = 20;

interface OpenCall {
  readonly start: CallStart;
  /** Known for a call that is told on its own. */
  args: CallArgs | undefined;
  /** Where the call is counted when it returns; undefined if it is told on its own. */
  fold: GrowingFold | undefined;
}

type GrowingKind = FoldedKind & { calls: number; bytes: number };

/** A fold that more calls may join. */
class GrowingFold {
  readonly why: FoldRow['why'];
  readonly #id: number;
  readonly #module: number;
  readonly #since: number;
  #until: number;
  #calls = 0;
  /** By name, then by outcome and descriptor: a flood must not make a string for each call. */
  readonly #kinds = new Map<string, Map<number, GrowingKind>>();

  constructor(why: FoldRow['why'], { id, module, since }: CallStart) {
    this.why = why;
    this.#id = id;
    this.#module = module;
    this.#since = since;
    this.#until = since;
  }

  get id(): number {
    return this.#id;
  }

  add({ name, fd }: CallStart, until: number, outcome: Outcome, bytes: number): void {
    this.#calls += 1;
    if (until > this.#until) this.#until = until;
    let kinds = this.#kinds.get(name);
    if (kinds === undefined) {
      kinds = new Map();
      this.#kinds.set(name, kinds);
    }
    const key = OUTCOMES.indexOf(outcome) + OUTCOMES.length * ((fd ?? -1) + 1);
    const kind = kinds.get(key);
    if (kind === undefined) {
      kinds.set(key, { name, fd, outcome, calls: 1, bytes });
    } else {
      kind.calls += 1;
      kind.bytes += bytes;
    }
  }

  row(): FoldRow {
    return {
      kind: 'fold',
      why: this.why,
      id: this.#id,
      module: this.#module,
      since: this.#since,
      until: this.#until,
      calls: this.#calls,
      kinds: [...this.#kinds.values()].flatMap((kinds) => [...kinds.values()].map((kind) => ({ ...kind }))),
    };
  }
}

const OUTCOMES: readonly Outcome[] = ['data', 'eof', 'done', 'error', 'exit', 'broken'];

/** What is known of one plugin instance. */
interface Instance {
  /** It has done something that isn't upkeep. */
  started: boolean;
  /** Calls of this fold's kind join it, as long as no call on its own comes between. */
  fold: GrowingFold | undefined;
}

/**
 * Makes rows of calls: one for each while there are few, folds where a runtime keeps house or a plugin floods. Costs little
 * where it folds, since a plugin may make 100,000 calls a second.
 */
export class TraceFolder {
  readonly #open = new Map<number, OpenCall>();
  readonly #instances = new Map<number, Instance>();
  /** Rows that were not taken yet, by id; folds are made into rows when they are. */
  readonly #changed = new Map<number, TraceRow | GrowingFold>();
  /** Calls that may be told one by one now. */
  #allowance = BURST;
  #allowedAt = -Infinity;
  #flooding = false;

  /** A call begins. Returns true if it is told on its own, and `detail` should be given. */
  enter(start: CallStart): boolean {
    let instance = this.#instances.get(start.module);
    if (instance === undefined) {
      instance = { started: false, fold: undefined };
      this.#instances.set(start.module, instance);
    }
    const why = this.#reasonToFold(start, instance);
    if (why === undefined) {
      instance.started = true;
      instance.fold = undefined;
      this.#open.set(start.id, { start, args: undefined, fold: undefined });
      return true;
    }
    if (instance.fold?.why !== why) instance.fold = new GrowingFold(why, start);
    this.#open.set(start.id, { start, args: undefined, fold: instance.fold });
    return false;
  }

  /** The parameters of a call that is told on its own. */
  detail(id: number, args: CallArgs): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    open.args = args;
    this.#tell(open, undefined, undefined);
  }

  /** True if the call is open and told on its own. */
  isTold(id: number): boolean {
    const open = this.#open.get(id);
    return open !== undefined && open.fold === undefined;
  }

  /** A call has ended. */
  leave(id: number, until: number, end: CallEnd): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const { start, fold } = open;
    if (fold === undefined) {
      this.#tell(open, until, end);
      return;
    }
    const bytes = end.kind === 'returned' ? (end.bytes ?? 0) : 0;
    fold.add(start, until, outcomeOf(start.name, end, undefined), bytes);
    this.#changed.set(fold.id, fold);
  }

  /** The program is about to wait: a call that is open now is what it waits in, and is told even in a flood. */
  *waiting(): Generator<CallStart> {
    for (const open of this.#open.values()) {
      if (open.fold === undefined) continue;
      const instance = this.#instances.get(open.start.module);
      if (instance?.fold === open.fold) instance.fold = undefined;
      open.fold = undefined;
      yield open.start;
    }
  }

  /** Rows that are new or have changed since the last call. */
  take(): TraceRow[] {
    const rows = [...this.#changed.values()].map((row) => (row instanceof GrowingFold ? row.row() : row));
    this.#changed.clear();
    return rows;
  }

  #reasonToFold({ name, since }: CallStart, instance: Instance): FoldRow['why'] | undefined {
    const isUpkeep = UPKEEP.has(name);
    if (isUpkeep && !this.#flooding) return instance.started ? 'upkeep' : 'start-up';
    const earned = ((since - this.#allowedAt) / 1000) * CALLS_PER_SECOND;
    this.#allowance = Math.min(BURST, this.#allowance + earned);
    this.#allowedAt = since;
    // An exit ends a flood, and is what a reader wants to know of it.
    if (name === 'proc_exit') return undefined;
    if (this.#allowance >= (this.#flooding ? FLOOD_OVER : 1)) {
      this.#flooding = false;
      if (isUpkeep) return 'upkeep';
      this.#allowance -= 1;
      return undefined;
    }
    this.#flooding = true;
    this.#allowance = Math.max(0, this.#allowance - 1);
    return 'flood';
  }

  #tell({ start, args }: OpenCall, until: number | undefined, end: CallEnd | undefined): void {
    const { id, module, name, fd, since } = start;
    this.#changed.set(id, { kind: 'call', id, module, name, fd, args: args ?? { params: [] }, since, until, end });
  }
}
