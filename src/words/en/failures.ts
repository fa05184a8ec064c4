/**
 * What the page says when a run fails, or a program ends badly. The keys of `problems` are codes of
 * `src/protocol/problems.ts` and `src/sandbox/run/run-failure.ts`, those of `exit` of `src/sandbox/run/exit-cause.ts`. A
 * `detail` is in a browser's own words.
 */
import { words as numbers } from './numbers.ts';

interface Detail {
  readonly detail: string;
}
interface File {
  readonly file: string;
}

const RELOAD_OR_RUN = 'Reload the page, since the site may have been updated, or press Run again.';

const notLoaded = ({ file }: File, why: string): string => `Could not load ${file}: ${why}`;
const noRelay = (why: string): string =>
  `Could not start the service worker that brings stdin to the host: ${why}. Press Run again.`;

/** @param signed the same 32 bits with a sign: `exit(-1)` is 4294967295 to wazero */
const statusOf = (asked: number, signed: number): string =>
  signed < 0 ? `${String(asked)} (${numbers.signed(signed)})` : String(asked);

export const words = {
  problems: {
    'host-stack': ({ detail, runsPlugins }: Detail & { readonly runsPlugins: boolean }): string =>
      `The host’s stack overflowed (${detail}): ${runsPlugins ? 'its calls, or those of its plugin,' : 'its own calls'} go deeper than this browser lets a worker go. A native host has more room. Press Run again.`,
    'host-memory': ({ detail }: Detail): string =>
      `The host ran out of memory (${detail}). A native host has more of it. Press Run again.`,
    'host-trap': ({ detail }: Detail): string => `The host trapped (${detail}). Press Run again.`,
    unforeseen: ({ detail }: Detail): string => detail,
    'worker-broke': ({ detail }: Detail): string => `The worker broke down: ${detail}. Press Run again.`,
    'no-worker': (): string =>
      'Could not load the worker. Check the connection and press Run again, or reload the page, since the site may have been updated.',
    'no-script': (): string =>
      'Could not load a part of this page. Check the connection and press Run again, or reload the page, since the site may have been updated.',
    'worker-ended': (): string =>
      'The browser has ended the worker of this run, perhaps for want of memory. Press Run again.',
    'relay-refused': ({ detail }: Detail): string => noRelay(detail),
    'relay-not-active': (): string => noRelay('it was not activated'),
    'no-transport': (): string =>
      'Nothing in this browser lets a read wait, so a program of your own can’t run here. Download it and run it at home, or take a newer browser.',
    'no-network': (given: File): string =>
      notLoaded(given, 'the network did not answer. Check the connection and press Run again.'),
    'not-served': ({ status, ...given }: File & { readonly status: number }): string =>
      notLoaded(given, `expected status 200, found ${String(status)}. ${RELOAD_OR_RUN}`),
    'no-module': ({ start, ...given }: File & { readonly start: string }): string =>
      notLoaded(given, `expected WebAssembly, found something that begins “${start}”. ${RELOAD_OR_RUN}`),
    'cut-short': ({
      expected,
      found,
      ...given
    }: File & { readonly expected: number; readonly found: number }): string =>
      notLoaded(
        given,
        `expected ${numbers.whole(expected)} bytes, found ${numbers.whole(found)}. ` +
          'Check the connection and press Run again.',
      ),
    'not-compiled': ({ file, detail }: File & Detail): string =>
      `Could not compile ${file}: ${detail}. Press Run again to load it anew.`,
    'no-plugin': ({ example, language }: { readonly example: string; readonly language: string }): string =>
      `${example}: expected a plugin in "${language}", found none`,
    told: ({ sentence }: { readonly sentence: string }): string => sentence,
  },
  /** Why a program exited: behind `exited 2 · `. A `said` is a program's own words. */
  exit: {
    host: {
      deadlock: 'deadlock: all goroutines of the host wait',
      memory: 'the host ran out of memory',
      fatal: (said: string): string => `the host gave up: ${said}`,
      panic: (said: string): string => `the host panicked: ${said}`,
    },
    plugin: {
      deadlock: 'deadlock: all goroutines of the plugin wait',
      memory: 'the plugin ran out of memory',
      fatal: (said: string): string => `the plugin gave up: ${said}`,
      panic: (said: string): string => `the plugin panicked: ${said}`,
    },
    ownStatus: 'the plugin’s own status',
    ownCut: (asked: number, signed: number): string =>
      `the plugin’s own status is ${statusOf(asked, signed)}, of which a shell shows the last 8 bits`,
    cut: (asked: number, signed: number): string =>
      `the host exits with ${statusOf(asked, signed)}, of which a shell shows the last 8 bits`,
    trap: (said: string): string => `the plugin trapped: ${said}`,
    notOffered: (module: string): string => `the plugin imports from “${module}”, which the host does not offer`,
    featureOff: (feature: string): string => `the plugin needs ${feature}, which the host does not switch on`,
    refused: (said: string): string => `wazero refused the plugin: ${said}`,
  },
};
