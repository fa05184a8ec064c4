/**
 * Which example is played where: every one with every plugin in the transport that a browser's page chooses by itself, and
 * with its smallest plugin in the others, since what a transport carries does not depend on the language that wrote it.
 * `npm run deep` plays them all. `npm test` plays every example once, and a sample of the rest by the run's seed.
 */
import process from 'node:process';
import { listExamples, loadExample, type ExamplePluginLanguage } from '../src/examples/load-example.ts';
import type { TransportKind } from '../src/protocol/messages.ts';
import { root } from './install.mjs';
import { sampleOfRun } from './sample.ts';

/** An example with one of its plugins, in one transport of one browser. */
export interface PlannedPlay {
  readonly example: string;
  readonly plugin: ExamplePluginLanguage;
  readonly browser: string;
  readonly transport: TransportKind;
}

interface Place {
  readonly browser: string;
  readonly transport: TransportKind;
  /** With every plugin of an example, or the smallest one. */
  readonly plugins: 'all' | 'smallest';
  /** `npm test` plays every example here with its smallest plugin; elsewhere the one of `PINNED`. */
  readonly everyExample?: true;
  /** Of what is left, `npm test` plays so many. */
  readonly sampled: number;
}

/** Waits, is answered, and ends: every run plays it in every place. */
const PINNED = 'pipe-waits';

const places: readonly Place[] = [
  { browser: 'Chromium', transport: 'jspi', plugins: 'all', everyExample: true, sampled: 4 },
  { browser: 'Chromium', transport: 'shared-memory', plugins: 'smallest', sampled: 5 },
  { browser: 'Chromium', transport: 'service-worker', plugins: 'smallest', sampled: 4 },
  { browser: 'Firefox', transport: 'jspi', plugins: 'all', sampled: 4 },
  { browser: 'Firefox', transport: 'shared-memory', plugins: 'smallest', sampled: 3 },
  { browser: 'Firefox', transport: 'service-worker', plugins: 'smallest', sampled: 3 },
  { browser: 'WebKitGTK', transport: 'service-worker', plugins: 'all', sampled: 5 },
];

interface Played {
  readonly name: string;
  readonly plugins: readonly ExamplePluginLanguage[];
}

/** The examples that run in a page. */
export function playedExamples(): Played[] {
  return listExamples({ root }).flatMap((name) => {
    const { runsIn, plugins } = loadExample(name, { root }).manifest;
    return runsIn.includes('page') ? [{ name, plugins }] : [];
  });
}

/** The one that starts fastest. */
function smallest(plugins: readonly ExamplePluginLanguage[]): readonly ExamplePluginLanguage[] {
  return plugins.includes('c') ? ['c'] : plugins;
}

function playsIn({ browser, transport, plugins }: Place, examples: readonly Played[]): PlannedPlay[] {
  return examples.flatMap((example) =>
    (plugins === 'all' ? example.plugins : smallest(example.plugins)).map((plugin) => ({
      example: example.name,
      plugin,
      browser,
      transport,
    })),
  );
}

/** Every play. */
export function allPlays(examples: readonly Played[] = playedExamples()): PlannedPlay[] {
  return places.flatMap((place) => playsIn(place, examples));
}

/** The examples that the environment's EXAMPLES names, or all of them. @throws Error if one does not run in a page */
function chosenExamples(env: NodeJS.ProcessEnv): Played[] {
  const all = playedExamples();
  const names = (env['EXAMPLES'] ?? '').split(' ').filter((name) => name !== '');
  const unknown = names.filter((name) => !all.some((example) => example.name === name));
  if (unknown.length > 0) {
    throw new Error(`Expected names of examples that run in a page, found ${unknown.join(', ')}.`);
  }
  return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all;
}

/** The plays of this run: all of them without a seed in the environment, and in a deep one; of some examples with EXAMPLES. */
export function playsOfRun(examples?: readonly Played[], env: NodeJS.ProcessEnv = process.env): PlannedPlay[] {
  const chosen = examples ?? chosenExamples(env);
  return places.flatMap((place) => {
    const all = playsIn(place, chosen);
    const always = (play: PlannedPlay): boolean =>
      (place.everyExample === true || play.example === PINNED) &&
      chosen.some(({ name, plugins }) => name === play.example && smallest(plugins).includes(play.plugin));
    const left = all.filter((play) => !always(play));
    const drawn = sampleOfRun(`${place.browser} ${place.transport}`, left, place.sampled, env);
    return all.filter((play) => always(play) || drawn.includes(play));
  });
}
