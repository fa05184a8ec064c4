/**
 * `npm run compare`: runs the programs of `examples/compare` natively, on the engine, in wazero, and in wazero on the engine,
 * and compares what they observe with what is recorded in `src/data/compared-with-linux.json`, which the site shows.
 *
 *     npm run compare                differences from the record; explanations that are missing or not needed
 *     npm run compare -- --record    records anew, then the same
 *     npm run compare -- --build     compiles the C programs to wasm first; needed after a change of one
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { compileToWasm, manifestFile, manifestOf, programs, programsFolder } from './compare-programs.ts';
import { prepareWorlds, runWorld, versions, type Worlds } from './compare-run.ts';
import {
  differencesFrom,
  faultsOf,
  tablesOf,
  type Comparison,
  type Explanation,
  type Observed,
  type Table,
  type World,
} from './compare-table.ts';
import { root } from './install.mjs';

const recordFile = join(root, 'src', 'data', 'compared-with-linux.json');
const explanationsFile = join(root, 'src', 'data', 'compared-with-linux-differences.json');

/** All worlds. Those of the engine share a thread, so they run one after the other, and those of Linux beside them. */
export const groups: readonly (readonly World[])[] = [
  ['engine', 'page-file', 'page-value'],
  ['linux', 'wazero-file', 'wazero-value'],
];

/** What is recorded. */
export function readRecord(): Comparison {
  return JSON.parse(readFileSync(recordFile, 'utf8')) as Comparison;
}

/** Why what is recorded is not as on Linux. */
export function readExplanations(): readonly Explanation[] {
  return JSON.parse(readFileSync(explanationsFile, 'utf8')) as Explanation[];
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Starts all worlds that are there. */
export function startWorlds(worlds: Worlds): ReadonlyMap<World, Promise<Observed[]>> {
  const started = new Map<World, Promise<Observed[]>>();
  for (const group of groups) {
    let previous: Promise<unknown> = Promise.resolve();
    for (const world of group) {
      if (worlds.missing.has(world)) continue;
      const start = (): Promise<Observed[]> => runWorld(world, worlds);
      const run = previous.then(start, start);
      started.set(world, run);
      previous = run;
    }
  }
  return started;
}

/** What of the record can be found again on this machine. */
export function recordedFor({ tables }: Comparison, { withoutGo }: Worlds): Table[] {
  if (withoutGo === undefined) return [...tables];
  const inC = new Set(programs.filter(({ language }) => language === 'c').map(({ name }) => name));
  return tables.map(({ stdin, rows }) => ({ stdin, rows: rows.filter(({ program }) => inC.has(program)) }));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { record: { type: 'boolean', default: false }, build: { type: 'boolean', default: false } },
  });
  if (values.build) {
    await compileToWasm(programsFolder);
    writeJson(manifestFile, await manifestOf(programsFolder));
  }
  const worlds = await prepareWorlds();
  for (const [world, reason] of worlds.missing) console.log(`${world}: not run. ${reason}`);
  const found = (await Promise.all(startWorlds(worlds).values())).flat();
  if (values.record) {
    const [first] = worlds.missing.values();
    if (first !== undefined) throw new Error(`Expected everything to record from, found less. ${first}`);
    writeJson(recordFile, { versions: await versions(), tables: tablesOf(found) } satisfies Comparison);
  }
  const record = readRecord();
  const differences = groups
    .flat()
    .filter((world) => !worlds.missing.has(world))
    .flatMap((world) => differencesFrom(recordedFor(record, worlds), tablesOf(found), world));
  const faults = faultsOf(record.tables, readExplanations());
  for (const sentence of [...differences, ...faults]) console.error(sentence);
  console.log(`${String(found.length)} runs, ${String(differences.length)} values that are not as recorded`);
  if (differences.length + faults.length > 0) process.exitCode = 1;
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
