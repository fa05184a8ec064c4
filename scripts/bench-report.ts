/** What `npm run bench` found: the shape of `bench/results.json`, and the tables of `bench/results.md` made from it. */

/** One figure: so many samples of one thing. */
export interface Figure {
  /** What, and of what: `wake-up/direct/shared-memory/cat`. */
  readonly id: string;
  readonly unit: 'ms' | 'MB/s' | 'MB';
  readonly n: number;
  readonly median: number;
  /** The value that one sample in 20 is worse than. */
  readonly p95: number;
  readonly best: number;
}

/** A run of the bench. */
export interface BenchResults {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: {
    readonly cores: number;
    readonly model: string;
    /** Load averages over one minute, before and after. */
    readonly load: readonly [before: number, after: number];
  };
  readonly figures: readonly Figure[];
}

/** @param samples in the figure's unit */
export function figureOf(id: string, unit: Figure['unit'], samples: readonly number[]): Figure {
  const moreIsBetter = unit === 'MB/s';
  const sorted = samples.toSorted((a, b) => (moreIsBetter ? b - a : a - b));
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { id, unit, n: samples.length, median: at(0.5), p95: at(0.95), best: at(0) };
}

/** What a median is to reach on a quiet machine, by the figure's id. */
const targets: Readonly<Record<string, number>> = {
  'wake-up/direct/shared-memory/cat': 0.1,
  'wake-up/wazero/shared-memory/cat': 0.2,
  'wake-up/direct/jspi/cat': 0.15,
  'wake-up/wazero/jspi/cat': 0.25,
  'cat/direct/shared-memory/cat': 300,
  'cat/direct/jspi/cat': 300,
  'cat/wazero/shared-memory/cat': 150,
  'cat/wazero/jspi/cat': 150,
  'prepared/wazero/jspi/go': 50,
  'prepared/wazero/shared-memory/go': 50,
  'prepared/wazero/jspi/c': 10,
  'prepared/wazero/shared-memory/c': 10,
  'start/wazero/jspi/c': 40,
  'start/wazero/shared-memory/c': 40,
  'stop-start/wazero/jspi/c': 60,
  'stop-start/wazero/shared-memory/c': 60,
  'edit-size/before the first diagnostics': 4.5,
  'edit-size/all': 14,
  'edit-first/host and plugin': 5000,
  'edit-again/host and plugin': 2000,
  // 300 ms from the last key, less the 120 ms that the editor waits for the next one.
  'check/wrong': 180,
  'check/right': 180,
};

interface Ratio {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  /** The value is to be at most the limit, or at least. */
  readonly at: 'most' | 'least';
}

/** Ratios of medians, which hold on a loaded machine too. */
function ratiosOf(results: BenchResults): Ratio[] {
  const median = (id: string): number => results.figures.find((figure) => figure.id === id)?.median ?? NaN;
  const fasterPeer = Math.min(...['wasmer', 'runno'].map((peer) => median(`wake-up/${peer}/cat`)));
  return [
    // The peers have one way each to bring bytes to a worker. Where a page can choose, it takes JSPI.
    ...['jspi', 'shared-memory'].flatMap((transport): Ratio[] =>
      [
        { peer: '@wasmer/sdk', id: 'wasmer', limit: 1 },
        { peer: '@runno/wasi', id: 'runno', limit: 100 },
      ].map(({ peer, id, limit }) => ({
        what: `cat: direct / ${peer}, ${transport}`,
        value: median(`cat/direct/${transport}/cat`) / median(`cat/${id}/cat`),
        limit,
        at: 'least',
      })),
    ),
    {
      what: 'wake-up: direct / the faster peer',
      value: median('wake-up/direct/shared-memory/cat') / fasterPeer,
      limit: 1.2,
      at: 'most',
    },
    ...['shared-memory', 'jspi'].map((transport): Ratio => ({
      what: `wake-up: wazero / direct, ${transport}`,
      value: median(`wake-up/wazero/${transport}/cat`) / median(`wake-up/direct/${transport}/cat`),
      limit: 2.5,
      at: 'most',
    })),
  ];
}

/** The sections of the report, by the first part of an id. */
const sections: readonly { readonly kind: string; readonly title: string; readonly text: string }[] = [
  {
    kind: 'wake-up',
    title: 'Wake-up of a blocked read',
    text: 'The page writes a line while the plugin waits in its read; until the answer is on the page. The first lines of a process are not counted, nor are the first processes.',
  },
  {
    kind: 'cat',
    title: '10 MiB through cat',
    text: 'From the first write to the last byte back on the page, each byte compared.',
  },
  {
    kind: 'start',
    title: 'Start to first output',
    text: 'A fresh process, with everything loaded and nothing prepared.',
  },
  {
    kind: 'prepared-first',
    title: 'Prepared run to first output, first of a page',
    text: 'From "go" to the first output, where no run was before.',
  },
  { kind: 'prepared', title: 'Prepared run to first output', text: 'From "go" to the first output, in later runs.' },
  {
    kind: 'stop-start',
    title: 'Stop to next output',
    text: 'A process that waits is stopped and another started at once; until that has written.',
  },
  {
    kind: 'click-cold',
    title: 'Click to first output, cold profile',
    text: 'The lesson in a browser that was never used, nothing prepared; until it is drawn.',
  },
  { kind: 'click-reload', title: 'Click to first output, after a reload', text: 'The same profile, nothing prepared.' },
  { kind: 'click-again', title: 'Run again', text: 'The same page after Stop, nothing prepared.' },
  {
    kind: 'click-prepared',
    title: 'Click to first output, prepared',
    text: 'The same page, with the run that was prepared on intent.',
  },
  {
    kind: 'memory',
    title: 'Memory',
    text: 'Proportional set size of the page’s process, less that of the page before; sandboxes that wait for input.',
  },
  {
    kind: 'edit-size',
    title: 'The Go toolchain',
    text: 'What is transferred: the compiler and what it knows of the packages; and all that an edit can need.',
  },
  {
    kind: 'edit-open',
    title: 'Edit to the first verdict, cold profile',
    text: 'The compiler is fetched, unpacked and started, and checks the shown program.',
  },
  {
    kind: 'edit-first',
    title: 'Edit to first output, first of a page',
    text: 'Run after a line was changed in host and plugin: both are compiled and linked, then run. The shown program was compiled and linked ahead.',
  },
  { kind: 'edit-again', title: 'Edit to first output', text: 'The same, for later edits.' },
  {
    kind: 'check',
    title: 'Errors while typing',
    text: 'A host is checked, with an error and without. The editor asks 120 ms after the last key.',
  },
  { kind: 'all-started', title: 'Many at once', text: 'Sandboxes started at once, until all have written.' },
];

function rounded(value: number): string {
  if (Number.isNaN(value)) return 'not measured';
  return value < 1 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0));
  const widths = head.map((_, column) => width(column));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((length, column) => (column === 0 ? '-'.repeat(length) : `${'-'.repeat(length - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function targetOf({ id, unit, median }: Figure): string {
  const target = targets[id];
  if (target === undefined) return '';
  const met = unit === 'MB/s' ? median >= target : median <= target;
  return `${unit === 'MB/s' ? '≥' : '≤'} ${String(target)}: ${met ? 'met' : 'missed'}`;
}

/** The report in Markdown. */
export function reportOf(results: BenchResults): string {
  const { machine, versions, figures } = results;
  const [before, after] = machine.load;
  // What it was afterwards is the bench's own work too, which keeps its cores busy.
  const isLoaded = before > machine.cores / 2 || after > machine.cores * 1.5;
  const parts = [
    '# Bench',
    `Written by \`npm run bench\` on ${results.date}. ${machine.model}, ${String(machine.cores)} cores; load average ` +
      `${before.toFixed(1)} before and ${after.toFixed(1)} after. ` +
      (isLoaded
        ? 'The machine was busy with other things: the ratios count, the figures are too high.'
        : 'The bench had the machine to itself.'),
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    '## Ratios',
    table(
      ['of medians', 'found', 'target', ''],
      ratiosOf(results).map(({ what, value, limit, at }) => [
        what,
        rounded(value),
        `${at === 'most' ? '≤' : '≥'} ${String(limit)}`,
        Number.isNaN(value) ? '' : (at === 'most' ? value <= limit : value >= limit) ? 'met' : 'missed',
      ]),
    ),
  ];
  for (const { kind, title, text } of sections) {
    const rows = figures.filter(({ id }) => id.startsWith(`${kind}/`));
    if (rows.length === 0) continue;
    parts.push(
      `## ${title}`,
      text,
      table(
        ['', 'unit', 'n', 'median', '1 in 20 worse than', 'best', 'target'],
        rows.map((figure) => [
          figure.id.split('/').slice(1).join(', '),
          figure.unit,
          String(figure.n),
          rounded(figure.median),
          rounded(figure.p95),
          rounded(figure.best),
          targetOf(figure),
        ]),
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}
