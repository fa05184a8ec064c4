/**
 * The examples with their plugins in the page, those of `scripts/plays.ts`: the session that was recorded natively is played
 * into the sandbox, and what comes out must be the same. A wait in the transcript must be a wait in the page. And the plugin's calls
 * are those that were recorded natively (`npm run examples -- --trace`): in order, with function, descriptor, bytes and
 * errno. No example that runs in the page gives its plugin an `*os.File`, of which a browser could not make what a system does.
 */
import { playsOfRun } from '../scripts/plays.ts';
import { loadExample, type Example } from '../src/examples/load-example.ts';
import { loadTrace } from '../src/examples/load-trace.ts';
import type { TransportKind } from '../src/protocol/messages.ts';
import type { PluginLanguage } from '../src/protocol/sandbox-data.ts';
import type { TraceRow } from '../src/protocol/trace.ts';
import { traceOfRecording } from '../src/sandbox/trace/recorded-trace.ts';
import { pageOf, projectRoot } from './fixtures/built-site.ts';
import { playTranscript } from './fixtures/play-transcript.ts';
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

for (const [name, plays] of Map.groupBy(playsOfRun(), ({ example }) => example)) {
  const example = loadExample(name, { root: projectRoot });
  for (const plugin of example.manifest.plugins) {
    const played = plays.filter((play) => play.browser === 'Chromium' && play.plugin === plugin);
    if (played.length === 0) continue;
    const tag = [
      // A project leaves out what this run does not play in its transport.
      ...transports
        .filter((transport) => played.every((play) => play.transport !== transport))
        .map((transport) => `@not-${transport}`),
      ...(name === 'pipe-waits' && plugin === 'c' ? ['@any-address'] : []),
    ];
    test(
      `${name} with its ${labels[plugin]} runs as recorded, call by call`,
      { tag },
      async ({ browser, page, openSandbox, transport }) => {
        await keepTraces(page);
        await recordPlay(
          { example: name, plugin, browser: 'Chromium', version: browser.version(), transport },
          async () => {
            const sandbox = await openSandbox(pageOf(name).path, name);
            if (example.manifest.plugins.length > 1) await sandbox.choosePlugin(labels[plugin]);
            await playTranscript(sandbox, example);
            compareCalls(example, plugin, await latestRows(page));
          },
        );
      },
    );
  }
}
