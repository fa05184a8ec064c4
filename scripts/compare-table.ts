/**
 * The tables of what the programs of `examples/compare` observe, and the differences from Linux in them. Each difference is
 * explained by hand in `src/data/compared-with-linux-differences.json`. Pure functions.
 */

/** What stdin is. */
export type StdinKind = 'pipe' | 'terminal' | 'nothing' | 'bytes';

/** Where a program runs. In `page`, the engine runs a Go host with wazero; the host hands on its own stdin, or a Go value. */
export type World = 'linux' | 'engine' | 'wazero-file' | 'wazero-value' | 'page-file' | 'page-value';

/** What one program observes in one place of its code, in each world. */
export interface Row {
  readonly program: string;
  readonly observation: string;
  readonly values: Readonly<Partial<Record<World, string>>>;
}

/** All rows with one kind of stdin. */
export interface Table {
  readonly stdin: StdinKind;
  readonly rows: readonly Row[];
}

/** What is recorded, and shown on the page. */
export interface Comparison {
  /** What it was recorded with: version by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
}

/** One reason, and where it shows. */
export interface Explanation {
  /** What it is about, in a few words. */
  readonly title: string;
  /** Why it is so. Text between backticks is code. */
  readonly why: string;
  /** Worlds, separated by spaces, by stdin, program and observation. */
  readonly cells: Readonly<
    Partial<Record<StdinKind, Readonly<Partial<Record<string, Readonly<Partial<Record<string, string>>>>>>>>
  >;
}

/** Whether each kind of stdin exists in each world. */
export const worldsOf: Readonly<Record<StdinKind, readonly World[]>> = {
  pipe: ['linux', 'engine', 'wazero-file', 'wazero-value', 'page-value'],
  terminal: ['linux', 'engine', 'wazero-file', 'page-file'],
  nothing: ['linux', 'engine', 'wazero-file', 'wazero-value'],
  bytes: ['linux', 'engine', 'wazero-file', 'wazero-value'],
};

/** What a program did not say. */
export const NOT_SAID = '–';

/** One value of a table. */
export interface Cell {
  readonly stdin: StdinKind;
  readonly program: string;
  readonly observation: string;
  readonly world: World;
}

/** A cell's name, for sentences and keys. */
export function cellName({ stdin, program, observation, world }: Cell): string {
  return `${program}, “${observation}”, stdin ${stdin}, ${world}`;
}

/** What one run observed. */
export interface Observed {
  readonly stdin: StdinKind;
  readonly program: string;
  readonly world: World;
  readonly observations: ReadonlyMap<string, string>;
}

/** Puts runs side by side. Rows come in the order in which Linux, or else the first world that ran, observes them. */
export function tablesOf(runs: readonly Observed[]): Table[] {
  const kinds = [...new Set(runs.map(({ stdin }) => stdin))];
  return kinds.map((stdin) => {
    const here = runs.filter((run) => run.stdin === stdin);
    const programs = [...new Set(here.map(({ program }) => program))];
    const rows = programs.flatMap((program) => {
      const worlds = worldsOf[stdin].flatMap((world) => {
        const run = here.find((one) => one.program === program && one.world === world);
        return run === undefined ? [] : [run];
      });
      const observations = [...new Set(worlds.flatMap((run) => [...run.observations.keys()]))];
      return observations.map((observation) => ({
        program,
        observation,
        values: Object.fromEntries(
          worlds.map((run) => [run.world, run.observations.get(observation) ?? NOT_SAID] as const),
        ),
      }));
    });
    return { stdin, rows };
  });
}

/** Every value of the tables, by its cell's name. */
export function valuesOf(tables: readonly Table[]): Map<string, { readonly cell: Cell; readonly value: string }> {
  const values = new Map<string, { cell: Cell; value: string }>();
  for (const { stdin, rows } of tables) {
    for (const { program, observation, values: here } of rows) {
      for (const world of worldsOf[stdin]) {
        const value = here[world];
        if (value === undefined) continue;
        const cell: Cell = { stdin, program, observation, world };
        values.set(cellName(cell), { cell, value });
      }
    }
  }
  return values;
}

/**
 * Compares what was found in one world with what was recorded.
 * @returns one sentence for each cell that differs
 */
export function differencesFrom(recorded: readonly Table[], found: readonly Table[], world: World): string[] {
  const before = valuesOf(recorded);
  const now = valuesOf(found);
  const names = new Set([...before, ...now].filter(([, { cell }]) => cell.world === world).map(([name]) => name));
  return [...names].flatMap((name) => {
    const expected = before.get(name)?.value ?? NOT_SAID;
    const value = now.get(name)?.value ?? NOT_SAID;
    return expected === value ? [] : [`${name}: expected ${expected}, found ${value}`];
  });
}

/** The cells that an explanation names. */
export function cellsOf({ cells }: Explanation): Cell[] {
  return Object.entries(cells).flatMap(([stdin, programs]) =>
    Object.entries(programs).flatMap(([program, observations = {}]) =>
      Object.entries(observations).flatMap(([observation, worlds = '']) =>
        worlds.split(' ').map((world) => ({ stdin: stdin as StdinKind, program, observation, world: world as World })),
      ),
    ),
  );
}

/** The cells whose value is another than on Linux. */
export function cellsUnlikeLinux(tables: readonly Table[]): Map<string, Cell> {
  const unlike = new Map<string, Cell>();
  for (const { stdin, rows } of tables) {
    for (const { program, observation, values } of rows) {
      for (const world of worldsOf[stdin]) {
        const cell: Cell = { stdin, program, observation, world };
        if (values[world] !== undefined && values[world] !== values.linux) unlike.set(cellName(cell), cell);
      }
    }
  }
  return unlike;
}

/**
 * Holds differences and explanations against each other.
 * @returns one sentence for each difference that is not explained, or is twice, and each explanation of none
 */
export function faultsOf(tables: readonly Table[], explanations: readonly Explanation[]): string[] {
  const unlike = cellsUnlikeLinux(tables);
  const explained = new Map<string, string>();
  const faults: string[] = [];
  for (const explanation of explanations) {
    for (const cell of cellsOf(explanation)) {
      const name = cellName(cell);
      const other = explained.get(name);
      if (other !== undefined)
        faults.push(`${name}: expected one explanation, found “${other}” and “${explanation.title}”`);
      if (!unlike.has(name))
        faults.push(`${name}: “${explanation.title}” explains it, but it is as on Linux, or not there`);
      explained.set(name, explanation.title);
    }
  }
  for (const name of unlike.keys()) {
    if (!explained.has(name)) faults.push(`${name}: expected an explanation of the difference from Linux, found none`);
  }
  return faults;
}
