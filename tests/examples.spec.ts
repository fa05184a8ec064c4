/**
 * The examples with their plugins in the page, those of `scripts/plays.ts`: the session that was recorded natively is played
 * into the sandbox, and what comes out must be the same. A wait in the transcript must be a wait in the page. And the plugin's calls
 * are those that were recorded natively (`npm run examples -- --trace`): in order, with function, descriptor, bytes and
 * errno. No example that runs in the page gives its plugin an `*os.File`, of which a browser could not make what a system does.
 */
import type { Browser, Page } from 'playwright/test';
import { playsOfRun, type PlannedPlay } from '../scripts/plays.ts';
import { loadExample, type Example } from '../src/examples/load-example.ts';
import { loadTrace } from '../src/examples/load-trace.ts';
import type { TransportKind } from '../src/protocol/messages.ts';
import type { PluginLanguage } from '../src/protocol/sandbox-data.ts';
import type { TraceRow } from '../src/protocol/trace.ts';
import { traceOfRecording } from '../src/sandbox/trace/recorded-trace.ts';
import { pageOf, projectRoot } from './fixtures/built-site.ts';
import { measureSandbox, measureTyping } from './fixtures/measure-sandbox.ts';
import { playTranscript } from './fixtures/play-transcript.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';
import { keepTraces, latestRows } from './fixtures/timeline.ts';
import { recordPlay } from './fixtures/what-ran-where.ts';

const transports = ['jspi', 'shared-memory', 'service-worker'] as const satisfies readonly TransportKind[];

const labels = { go: 'Go plugin', c: 'C plugin', rust: 'Rust plugin' } as const;

/** What was recorded, folded as the page folds. */
function recordedRows(example: string, plugin: string): { readonly rows: readonly TraceRow[]; readonly cut: boolean } {
  const recorded = loadTrace(example, { root: projectRoot }).plugins[plugin];
  if (recorded === undefined)
    throw new Error(`${example}/trace.json: expected a run with the plugin in ${plugin}, found none`);
  return { rows: traceOfRecording(recorded).rows, cut: recorded.cut === true };
}

/** A row without its times. Of upkeep not how often: what a runtime asks the time for is its own affair. */
function whatOf(row: TraceRow): string {
  if (row.kind === 'fold') {
    const kinds = row.kinds.map(({ name, fd, outcome }) => `${name}(${String(fd ?? '')}) ${outcome}`);
    return `${row.why}: ${kinds.join(', ')}`;
  }
  const { name, fd, end } = row;
  const call = `${name}(${fd === undefined ? '' : String(fd)})`;
  switch (end?.kind) {
    case 'returned':
      return `${call} errno ${String(end.errno)}${end.bytes === undefined ? '' : `, ${String(end.bytes)} bytes`}`;
    case 'exit':
      return `${call} exit ${String(end.code)}`;
    case 'broken':
      return `${call} broken`;
    case undefined:
      return `${call} has not returned`;
  }
}

/** A sleep of Go's runtime, or what it asks the clock around one. */
function isSleepOfGo(row: TraceRow): boolean {
  if (row.kind === 'fold') return row.why === 'upkeep';
  return (
    row.name === 'poll_oneoff' && row.args.polled?.every(({ kind }) => kind === 'sleep' || kind === 'time') === true
  );
}

/**
 * What was recorded, without the sleeps of Go's runtime that were not found: it asks for one only if its time is not yet up
 * when it looks, which on a busy machine it may be. A C plugin always asks. A sleep that was not recorded is not forgiven.
 */
function withoutSleepsThatWereOver(recorded: readonly TraceRow[], found: readonly string[]): string[] {
  const expected: string[] = [];
  for (const row of recorded) {
    const what = whatOf(row);
    if (isSleepOfGo(row) && found[expected.length] !== what) continue;
    expected.push(what);
  }
  return expected;
}

/** Compares what the plugin called with what was recorded. */
function compareCalls(example: Example, plugin: PluginLanguage, rows: readonly TraceRow[]): void {
  const { name, manifest } = example;
  const recorded = recordedRows(name, plugin);
  let found = rows.map(whatOf);
  let expected = plugin === 'go' ? withoutSleepsThatWereOver(recorded.rows, found) : recorded.rows.map(whatOf);
  if (recorded.cut || manifest.timed === true) {
    // Both were stopped, each somewhere; what the page folded as a flood is more of the same.
    const flood = found.findIndex((what) => what.startsWith('flood'));
    const length = Math.min(expected.length, flood === -1 ? found.length : flood);
    expect(length).toBeGreaterThan(manifest.cutAfterLines ?? 0);
    [expected, found] = [expected.slice(0, length), found.slice(0, length)];
  }
  expect(found).toEqual(expected);
}

/** Plays one example in its sandbox on the page that is open. */
async function playHere(
  { example: name, plugin }: PlannedPlay,
  { browser, page, transport }: { readonly browser: Browser; readonly page: Page; readonly transport: TransportKind },
): Promise<void> {
  const example = loadExample(name, { root: projectRoot });
  await recordPlay({ example: name, plugin, browser: 'Chromium', version: browser.version(), transport }, async () => {
    const sandbox = new Sandbox(page.locator(`plugin-sandbox[data-example="${name}"]`).first());
    if (example.manifest.plugins.length > 1) await sandbox.choosePlugin(labels[plugin]);
    const measure = async (moment: 'before' | 'waits' | 'after'): Promise<void> => {
      // A program with a clock of its own would not wait for it.
      if (transport !== 'jspi' || (moment === 'waits' && example.manifest.timed === true)) return;
      await measureSandbox(page, sandbox);
      if (moment === 'waits') await measureTyping(page, sandbox);
    };
    await playTranscript(sandbox, example, measure);
    compareCalls(example, plugin, await latestRows(page));
  });
}

/** What one test plays, one after the other on one page: to open a page takes as long as to play an example. */
interface Group {
  readonly title: string;
  readonly plays: readonly PlannedPlay[];
  readonly tags: readonly string[];
}

/** This example is played by itself, since it is also played at other addresses of the site. */
function isApart({ example, plugin }: PlannedPlay): boolean {
  return example === 'pipe-waits' && plugin === 'c';
}

function groups(): Group[] {
  const inChromium = playsOfRun().filter(({ browser }) => browser === 'Chromium');
  const together = Map.groupBy(
    inChromium.filter((play) => !isApart(play)),
    ({ example }) => pageOf(example).path,
  );
  return [
    { title: 'pipe-waits with its C plugin', plays: inChromium.filter(isApart), tags: ['@any-address'] },
    ...[...together].map(([path, plays]) => ({ title: `the examples of ${path}`, plays, tags: [] })),
  ];
}

for (const { title, plays, tags } of groups()) {
  // A project leaves out what this run does not play in its transport.
  const absent = transports.filter((one) => plays.every(({ transport }) => transport !== one));
  test(
    `${title}: each runs as recorded, call by call`,
    { tag: [...tags, ...absent.map((one) => `@not-${one}`)] },
    async ({ browser, page, openPage, transport }) => {
      const here = plays.filter((play) => play.transport === transport);
      test.setTimeout(here.length * 120_000);
      await keepTraces(page);
      await openPage(pageOf(here[0]?.example ?? '').path);
      const failed: unknown[] = [];
      for (const play of here) {
        // One that fails does not keep the others from being played.
        await test
          .step(`${play.example} with its ${labels[play.plugin]}`, () => playHere(play, { browser, page, transport }))
          .catch((error: unknown) => failed.push(error));
      }
      if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n\n'));
    },
  );
}
