/**
 * Makes the table of what ran where from the plays that the browser tests left, and compares it with the committed one in
 * `src/data/what-ran-where.json`, which the site shows. Versions may differ, results may not.
 *
 *     node scripts/what-ran-where.ts             compares; what this run plays (see plays.ts) must have run, under CI=true
 *     node scripts/what-ran-where.ts --record    writes the committed table anew; of some examples, where EXAMPLES names them
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { TransportKind } from '../src/protocol/messages.ts';
import { root } from './install.mjs';
import { allPlays, playsOfRun, type PlannedPlay } from './plays.ts';

/** One example, played once in one browser. */
export interface Play extends PlannedPlay {
  /** The browser's. */
  readonly version: string;
  /** What came out is what was recorded natively. */
  readonly passed: boolean;
}

/** The committed table. */
export interface WhatRanWhere {
  /** Versions by browser, at the time of recording. */
  readonly browsers: Readonly<Record<string, string>>;
  readonly plays: readonly Omit<Play, 'version'>[];
}

/** The browser tests leave one file for each play here. */
export const playsFolder = join(root, '.build', 'what-ran-where');

const committedFile = join(root, 'src', 'data', 'what-ran-where.json');
const reportFolder = join(root, 'tests', 'report');

/** The order in which a sandbox prefers them. */
const transportOrder: readonly TransportKind[] = ['jspi', 'shared-memory', 'service-worker'];

function keyOf({ example, plugin, browser, transport }: PlannedPlay): string {
  return [browser, String(transportOrder.indexOf(transport)), transport, example, plugin].join(' ');
}

/** Puts plays into the form that is committed. @throws Error if one browser ran in two versions */
export function tableOf(plays: readonly Play[]): WhatRanWhere {
  const browsers: Record<string, string> = {};
  for (const { browser, version } of plays) {
    const other = browsers[browser];
    if (other !== undefined && other !== version) {
      throw new Error(
        `Expected one version of ${browser}, found ${other} and ${version}. Run all browser tests again.`,
      );
    }
    browsers[browser] = version;
  }
  const names = Object.keys(browsers).sort();
  return {
    browsers: Object.fromEntries(names.map((name) => [name, browsers[name] ?? ''])),
    plays: plays
      .map(({ example, plugin, browser, transport, passed }) => ({ browser, transport, example, plugin, passed }))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

/** How two tables differ. */
export interface TableDifference {
  /** One sentence each: results that are not the committed ones. */
  readonly wrong: readonly string[];
  /** One sentence each: plays of the committed table that did not run. */
  readonly notRun: readonly string[];
}

function nameOf({ example, plugin, browser, transport }: PlannedPlay): string {
  return `${example} (${plugin}) in ${browser} by ${transport}`;
}

/** What the committed table lacks, and what it has of examples that are no more: a sentence each. */
export function incomplete(committed: WhatRanWhere, plays: readonly PlannedPlay[]): string[] {
  const found = new Set(committed.plays.map(keyOf));
  const wanted = new Set(plays.map(keyOf));
  return [
    ...plays.filter((play) => !found.has(keyOf(play))).map((play) => `${nameOf(play)}: not in the committed table`),
    ...committed.plays
      .filter((play) => !wanted.has(keyOf(play)))
      .map((play) => `${nameOf(play)}: in the committed table, and played no more`),
  ];
}

/** Compares what ran with the committed table. */
export function compareTables(ran: WhatRanWhere, committed: WhatRanWhere): TableDifference {
  const verdict = (passed: boolean): string => (passed ? 'passed' : 'failed');
  const wanted = new Map(committed.plays.map((play) => [keyOf(play), play]));
  const wrong = ran.plays.flatMap((play) => {
    const expected = wanted.get(keyOf(play));
    wanted.delete(keyOf(play));
    if (expected?.passed === play.passed) return [];
    const before = expected === undefined ? 'nothing in the committed table' : verdict(expected.passed);
    return [`${nameOf(play)}: expected ${before}, found ${verdict(play.passed)}`];
  });
  return { wrong, notRun: [...wanted.values()].map((play) => `${nameOf(play)}: not run here`) };
}

/** The table as Markdown: a row for each example and plugin, a column for each browser and transport. */
export function markdownOf({ browsers, plays }: WhatRanWhere): string {
  const columns = [...new Set(plays.map(({ browser, transport }) => `${browser}, ${transport}`))];
  const rows = [...new Set(plays.map(({ example, plugin }) => `${example} (${plugin})`))].sort();
  const cell = (row: string, column: string): string => {
    const play = plays.find(
      ({ browser, transport, example, plugin }) =>
        row === `${example} (${plugin})` && column === `${browser}, ${transport}`,
    );
    return play === undefined ? '–' : play.passed ? 'passed' : '**failed**';
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# What ran where',
    '',
    ...Object.entries(browsers).map(([browser, version]) => `- ${browser} ${version}`),
    '',
    line(['example (plugin)', ...columns]),
    line(['---', ...columns.map(() => '---')]),
    ...rows.map((row) => line([row, ...columns.map((column) => cell(row, column))])),
    '',
  ].join('\n');
}

/**
 * The committed table with what was played now in the place of these plays. Where a browser has become another, the table
 * names both of its versions.
 * @param planned keys of what was to be played
 */
function withPlays(committed: WhatRanWhere, ran: WhatRanWhere, planned: ReadonlySet<string>): WhatRanWhere {
  const known = new Set(allPlays().map(keyOf));
  const kept = committed.plays.filter((play) => !planned.has(keyOf(play)) && known.has(keyOf(play)));
  const names = [...new Set([...Object.keys(committed.browsers), ...Object.keys(ran.browsers)])].sort();
  const versions = (name: string): string[] =>
    [committed.browsers[name], ran.browsers[name]].flatMap((version) => version?.split(', ') ?? []);
  return {
    browsers: Object.fromEntries(names.map((name) => [name, [...new Set(versions(name))].join(', ')])),
    plays: [...kept, ...ran.plays].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

function readPlays(): Play[] {
  if (!existsSync(playsFolder)) return [];
  return readdirSync(playsFolder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(playsFolder, file), 'utf8')) as Play);
}

function main(): void {
  const { values } = parseArgs({ options: { record: { type: 'boolean', default: false } } });
  const plays = readPlays();
  if (plays.length === 0) throw new Error('Expected plays of the browser tests, found none. Run `npm run browsers`.');
  const ran = tableOf(plays);
  const json = `${JSON.stringify(ran, undefined, 2)}\n`;
  mkdirSync(reportFolder, { recursive: true });
  writeFileSync(join(reportFolder, 'what-ran-where.json'), json);
  writeFileSync(join(reportFolder, 'what-ran-where.md'), markdownOf(ran));
  const versions = Object.entries(ran.browsers).map((entry) => entry.join(' '));
  console.log(`${String(plays.length)} plays in ${versions.join(', ')}`);
  const planned = new Set(playsOfRun().map(keyOf));
  if (values.record && (process.env['EXAMPLES'] ?? '') === '') {
    mkdirSync(dirname(committedFile), { recursive: true });
    writeFileSync(committedFile, json);
    return;
  }
  const committed = JSON.parse(readFileSync(committedFile, 'utf8')) as WhatRanWhere;
  if (values.record) {
    writeFileSync(committedFile, `${JSON.stringify(withPlays(committed, ran, planned), undefined, 2)}\n`);
    return;
  }
  const { wrong: differing, notRun } = compareTables(ran, {
    ...committed,
    plays: committed.plays.filter((play) => planned.has(keyOf(play))),
  });
  const wrong = [...differing, ...incomplete(committed, allPlays())];
  for (const sentence of wrong) console.error(sentence);
  for (const sentence of notRun) console.log(sentence);
  if (wrong.length > 0 || (notRun.length > 0 && process.env['CI'] === 'true')) {
    console.error('If this is right, record the table anew: `npm run browsers -- --record`, and commit it.');
    process.exitCode = 1;
  }
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
