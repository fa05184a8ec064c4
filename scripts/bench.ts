/**
 * `npm run bench`: measures the engine, directly and through wazero, beside two peers on the same plugins, and the built site;
 * writes `bench/results.json` and `bench/results.md`. Samples are taken in rounds over all that is compared, so that what else
 * the machine does falls on each alike.
 *
 *     npm run bench -- --rounds 5 --only engine,site,memory,edit
 *
 * With `--only`, the figures of the other parts stay as they were; the load that is written is the highest of all.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { build } from 'vite';
import type { Bench, Subject } from '../bench/page/main.ts';
import type { BenchPlugin } from '../bench/page/runner.ts';
import { loadToolchainData } from '../src/examples/load-toolchain.ts';
import { figureOf, reportOf, type BenchResults, type Figure } from './bench-report.ts';
import { launchOptions } from './browser.ts';
import { projectEnv, root } from './install.mjs';
import { serve } from './serve.ts';

const bench = join(root, 'bench');
const dist = join(root, 'dist');
const site = join(root, '.build', 'bench', 'site');
const peers = ['@runno/wasi', '@wasmer/sdk'];

const MIB = 1_048_576;
const MEGABYTE = 1e6;

interface Manifest {
  readonly wazero: string;
  readonly go: string;
  readonly artefacts: Readonly<Record<string, { readonly file: string }>>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

const manifest = readJson(join(root, 'public', 'wasm', 'manifest.json')) as Manifest;

function artefact(name: string): string {
  const file = manifest.artefacts[name]?.file;
  if (file === undefined) throw new Error(`Expected the artefact "${name}" in public/wasm/manifest.json, found none.`);
  return `/wasm/${file}`;
}

const hosts = artefact('hosts');
const cat: BenchPlugin = { url: '/plugins/cat.wasm', name: 'cat' };
/** Both ask for a name at once, and greet. */
const greeters = {
  c: { url: artefact('terminal.c'), name: 'terminal' },
  go: { url: artefact('plugins-go'), name: 'terminal' },
} satisfies Record<string, BenchPlugin>;
const languages = ['c', 'go'] as const;

const transports = ['shared-memory', 'jspi', 'service-worker'] as const;
const engine: readonly Subject[] = (['direct', 'wazero'] as const).flatMap((runner) =>
  transports.map((transport) => ({ runner, transport, hosts })),
);
const others: readonly Subject[] = [
  { runner: 'wasmer', hosts },
  { runner: 'runno', hosts },
];
const wazero = engine.filter(({ runner }) => runner === 'wazero');

function nameOf({ runner, transport }: Subject): string {
  return transport === undefined ? runner : `${runner}/${transport}`;
}

/** Samples by figure. */
class Samples {
  readonly #samples = new Map<string, { readonly unit: Figure['unit']; readonly values: number[] }>();

  add(id: string, unit: Figure['unit'], ...values: readonly number[]): void {
    const found = this.#samples.get(id) ?? { unit, values: [] };
    found.values.push(...values);
    this.#samples.set(id, found);
    const { median } = figureOf(id, unit, values);
    console.log(`  ${id.padEnd(44)} ${median.toFixed(3).padStart(10)} ${unit}`);
  }

  get figures(): Figure[] {
    return [...this.#samples].map(([id, { unit, values }]) => figureOf(id, unit, values));
  }
}

/** The same, beginning with another one each round. */
function rotated(subjects: readonly Subject[], round: number): Subject[] {
  const by = ((round - 1) * 3) % subjects.length;
  return [...subjects.slice(by), ...subjects.slice(0, by)];
}

/** Bundles the page, and puts beside it what it loads. */
async function buildPage(): Promise<void> {
  if (!existsSync(join(bench, 'node_modules'))) {
    const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: bench,
      env: projectEnv(),
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('`npm ci` failed in bench/, which has the peers; its reason is above.');
  }
  rmSync(site, { recursive: true, force: true });
  await build({
    root: join(bench, 'page'),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: site, emptyOutDir: true },
  });
  cpSync(join(root, 'public', 'wasm'), join(site, 'wasm'), { recursive: true });
  cpSync(join(root, 'public', 'toolchain'), join(site, 'toolchain'), { recursive: true });
  cpSync(join(bench, 'plugins'), join(site, 'plugins'), { recursive: true });
  for (const peer of peers) cpSync(join(bench, 'node_modules', peer), join(site, 'peers', peer), { recursive: true });
}

/** Calls a function of the bench's page. */
async function call<Name extends keyof Bench>(
  page: Page,
  name: Name,
  ...args: Parameters<Bench[Name]>
): Promise<Awaited<ReturnType<Bench[Name]>>> {
  const answer = await page.evaluate(
    ([which, given]) => {
      const functions = (globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> }).bench;
      return functions[which]?.(...given);
    },
    [name, args] as const,
  );
  return answer as Awaited<ReturnType<Bench[Name]>>;
}

/** Processes that show pages, with the CPU time that they have used, in seconds. */
async function renderers(browser: Browser): Promise<{ id: number; cpuTime: number }[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer');
}

/** Waits until the pages have next to nothing to do, 20 s at most: nothing else tells that a run is prepared. */
async function idle(browser: Browser): Promise<void> {
  const used = async (): Promise<number> => (await renderers(browser)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  let quiet = 0;
  let before = await used();
  for (let look = 0; look < 100 && quiet < 3; look += 1) {
    await pause(200);
    const now = await used();
    // A page that counts seconds is idle too.
    quiet = now - before < 0.03 ? quiet + 1 : 0;
    before = now;
  }
}

/** Megabytes of the largest page, as Linux accounts for them; undefined elsewhere. */
async function memory(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const sizes = (await renderers(browser)).map(({ id }) => {
    const pss = /^Pss:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${String(id)}/smaps_rollup`, 'utf8'));
    return (Number(pss?.[1]) * 1024) / MEGABYTE;
  });
  return Math.max(...sizes);
}

/** Processes of each subject in which lines wake it up before any is counted. */
const WARM_TURNS = 3;

async function measureEngine(url: string, rounds: number, samples: Samples): Promise<string> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(url);
    // A browser compiles WebAssembly anew, for the whole page, once it has run some thousand times; the JavaScript of a
    // process is warmed up in the process.
    for (let turn = 1; turn <= WARM_TURNS; turn += 1) {
      for (const subject of [...engine, ...others]) await call(page, 'wakeUps', subject, cat, false, 0);
    }
    for (let round = 1; round <= rounds; round += 1) {
      console.log(`engine, round ${String(round)} of ${String(rounds)}`);
      // Whoever comes first warms up what they share, so each turn begins with another. Turns are short, since a ratio of
      // tenths of a millisecond is worth something only between neighbours in time.
      for (let turn = 1; turn <= 5; turn += 1) {
        for (const subject of rotated([...engine, ...others], round * 5 + turn)) {
          samples.add(
            `wake-up/${nameOf(subject)}/cat`,
            'ms',
            ...(await call(page, 'wakeUps', subject, cat, false, 40)),
          );
        }
      }
      for (const subject of rotated(wazero, round)) {
        const times = await call(page, 'wakeUps', subject, greeters.go, true, 100);
        samples.add(`wake-up/${nameOf(subject)}/go`, 'ms', ...times);
      }
      for (let turn = 1; turn <= 5; turn += 1) {
        for (const subject of rotated([...engine, ...others], round * 5 + turn)) {
          // One peer needs ten seconds for what takes the others a twentieth of one.
          const isSlow = subject.runner === 'runno';
          if (isSlow && turn > 1) continue;
          const times = await call(page, 'copies', subject, cat, 10 * MIB, isSlow ? 1 : 5);
          samples.add(`cat/${nameOf(subject)}/cat`, 'MB/s', ...times.map((ms) => (10 * MIB) / MEGABYTE / (ms / 1000)));
        }
      }
      for (const language of languages) {
        for (const subject of rotated([...engine, ...others], round)) {
          const { fromStart, fromStop } = await call(page, 'starts', subject, greeters[language], 5);
          samples.add(`start/${nameOf(subject)}/${language}`, 'ms', ...fromStart);
          samples.add(`stop-start/${nameOf(subject)}/${language}`, 'ms', ...fromStop);
        }
      }
      // A page of its own for each, since what was compiled for one run is there for the next.
      for (const subject of wazero) {
        for (const language of languages) {
          const fresh = await browser.newPage();
          await fresh.goto(url);
          for (let run = 0; run <= 4; run += 1) {
            await call(fresh, 'prepare', subject, greeters[language]);
            await idle(browser);
            const kind = run === 0 ? 'prepared-first' : 'prepared';
            samples.add(`${kind}/${nameOf(subject)}/${language}`, 'ms', await call(fresh, 'release'));
          }
          await fresh.close();
        }
      }
    }
    return browser.version();
  } finally {
    await browser.close();
  }
}

async function measureMemory(url: string, samples: Samples): Promise<void> {
  for (const subject of wazero) {
    for (const language of languages) {
      const browser = await chromium.launch(launchOptions());
      try {
        const page = await browser.newPage();
        await page.goto(url);
        const before = await memory(browser);
        for (const count of [1, 8]) {
          const time = await call(page, 'keep', subject, greeters[language], count);
          const name = `${nameOf(subject)}/${language}/${String(count)}`;
          if (count > 1) samples.add(`all-started/${name}`, 'ms', time);
          await idle(browser);
          const after = await memory(browser);
          if (before !== undefined && after !== undefined) samples.add(`memory/${name}`, 'MB', after - before);
          await call(page, 'drop');
        }
      } finally {
        await browser.close();
      }
    }
  }
}

/** Clicks Run, after Stop if asked, and waits until output is drawn. Nothing shows intent before. */
async function clickRun(page: Page, stopFirst: boolean): Promise<number> {
  return page.evaluate(
    (stops) =>
      new Promise<number>((resolve, reject) => {
        const sandbox = document.querySelector('plugin-sandbox[data-example="terminal"]');
        const part = (selector: string): HTMLElement => {
          const found = sandbox?.querySelector(selector);
          if (!(found instanceof HTMLElement)) throw new Error(`expected ${selector} in a sandbox, found none`);
          return found;
        };
        const log = part('[data-part="log"]');
        const isEmpty = (): boolean => log.querySelector('[data-stream="stdout"]') === null;
        let clicked = 0;
        // What the run before has written is there until the next one starts.
        let isCleared = isEmpty();
        const observer = new MutationObserver(() => {
          const now = performance.now();
          const state = part('[data-part="state"]');
          if (state.dataset['state'] === 'failed') reject(new Error(state.textContent));
          if (isEmpty()) {
            isCleared = true;
          } else if (isCleared) {
            observer.disconnect();
            resolve(now - clicked);
          }
        });
        observer.observe(part('[data-part="live"]'), { childList: true, subtree: true, attributes: true });
        clicked = performance.now();
        if (stops) part('[data-action="stop"]').click();
        part('[data-action="run"]').click();
      }),
    stopFirst,
  );
}

async function choose(page: Page, language: string): Promise<void> {
  await page
    .locator(`plugin-sandbox[data-example="terminal"] input[value="${language}"]`)
    .first()
    .dispatchEvent('click');
}

/** The lesson that shows the example `terminal`. */
function lesson(): string {
  const file = readdirSync(dist, { recursive: true, encoding: 'utf8' }).find(
    (name) =>
      name.endsWith('index.html') &&
      /<plugin-sandbox\b[^>]*\bdata-example="terminal"/u.test(readFileSync(join(dist, name), 'utf8')),
  );
  if (file === undefined) throw new Error('Expected a page with the example "terminal" in dist/, found none.');
  return file.replaceAll('\\', '/').replace(/index\.html$/u, '');
}

/** Opens a browser with a profile that was never used. */
async function withProfile(use: (context: BrowserContext, browser: Browser) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    const browser = context.browser();
    if (browser === null) throw new Error('expected a browser behind the profile, found none');
    await use(context, browser);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function measureSite(url: (transport: string) => string, rounds: number, samples: Samples): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`site, round ${String(round)} of ${String(rounds)}`);
    for (const transport of transports) {
      for (const language of languages) {
        const name = `${transport}/${language}`;
        await withProfile(async (context, browser) => {
          const page = await context.newPage();
          // A reader who saves data has nothing prepared.
          await page.addInitScript(() => {
            if (!location.hash.includes('warm'))
              Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
          });
          await page.goto(url(transport));
          await choose(page, language);
          samples.add(`click-cold/${name}`, 'ms', await clickRun(page, false));
          for (let run = 0; run < 4; run += 1) {
            await pause(500);
            samples.add(`click-again/${name}`, 'ms', await clickRun(page, true));
          }
          await page.reload();
          await choose(page, language);
          samples.add(`click-reload/${name}`, 'ms', await clickRun(page, false));

          await page.goto('about:blank');
          await page.goto(`${url(transport)}#warm`);
          await choose(page, language);
          const sandbox = page.locator('plugin-sandbox[data-example="terminal"]').first();
          await sandbox.locator('[data-action="run"]').focus();
          for (let run = 0; run < 4; run += 1) {
            await idle(browser);
            samples.add(`click-prepared/${name}`, 'ms', await clickRun(page, false));
            // The next one is prepared when this one has ended.
            await sandbox.locator('[data-action="stop"]').dispatchEvent('click');
          }
        });
      }
    }
  }
}

/** Edits of the example that opens the lessons: each differs from the one before in a line of the host and of the plugin. */
function edited(part: 'host' | 'plugin', edit: number): { readonly name: string; readonly text: string }[] {
  const text = readFileSync(join(root, 'examples', 'pipe-waits', part, 'main.go'), 'utf8');
  return [{ name: 'main.go', text: `${text}\nvar edit = ${String(edit)}\n` }];
}

/** What a reader waits for who edits; each round in a browser that was never used. */
async function measureEdit(url: string, rounds: number, samples: Samples): Promise<string> {
  let version = '';
  const data = loadToolchainData('/', root);
  const megabytes = (...names: readonly (keyof typeof data.parts)[]): number =>
    names.reduce((sum, name) => sum + data.parts[name].bytes, 0) / MEGABYTE;
  samples.add('edit-size/before the first diagnostics', 'MB', megabytes('compile', 'exports'));
  samples.add('edit-size/all', 'MB', megabytes('compile', 'exports', 'link', 'objects', 'format'));
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`edit, round ${String(round)} of ${String(rounds)}`);
    await withProfile(async (context, browser) => {
      version = browser.version();
      const page = await context.newPage();
      await page.goto(url);
      samples.add('edit-open/host', 'ms', await call(page, 'openToolchain', data, edited('host', 0)));
      await call(page, 'check', 'plugin', edited('plugin', 0));
      await call(page, 'prepareBuild');
      // Two seconds after the last request the worker compiles and links what is shown.
      await pause(2000);
      await idle(browser);
      for (let edit = 1; edit <= 6; edit += 1) {
        const kind = edit === 1 ? 'edit-first' : 'edit-again';
        const time = await call(page, 'editToOutput', 'jspi', edited('host', edit), edited('plugin', edit));
        samples.add(`${kind}/host and plugin`, 'ms', time);
      }
      for (let edit = 7; edit <= 16; edit += 1) {
        const [file] = edited('host', edit);
        const wrong = [{ name: 'main.go', text: `${file?.text ?? ''}\nfunc f() { undefined() }\n` }];
        for (const [name, files] of [
          ['wrong', wrong],
          ['right', edited('host', edit)],
        ] as const) {
          const { kind, milliseconds } = await call(page, 'check', 'host', files);
          if (kind !== (name === 'wrong' ? 'diagnostics' : 'ok')) throw new Error(`${name}: found ${String(kind)}`);
          samples.add(`check/${name}`, 'ms', milliseconds);
        }
      }
    });
  }
  return version;
}

const everything = 'engine,memory,site,edit';
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string', default: everything } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`Expected --rounds to be a whole number from 1 on, found ${values.rounds}.`);
}
const parts = new Set(values.only.split(','));

await buildPage();
const samples = new Samples();
const [before = NaN] = loadavg();
const page = await serve({ dir: site, port: 0, strictPort: true, isolated: true });
const plain = await serve({ dir: dist, port: 0, strictPort: true, isolated: false });
const isolated = await serve({ dir: dist, port: 0, strictPort: true, isolated: true });
let version = 'not asked';
try {
  if (parts.has('engine')) version = await measureEngine(page.url, rounds, samples);
  if (parts.has('memory')) await measureMemory(page.url, samples);
  if (parts.has('edit')) version = await measureEdit(page.url, rounds, samples);
  if (parts.has('site')) {
    const path = lesson();
    const at = (transport: string): string =>
      `${transport === 'shared-memory' ? isolated.url : plain.url}${path}?transport=${transport}`;
    await measureSite(at, rounds, samples);
  }
} finally {
  for (const server of [page, plain, isolated]) await server.close();
}
const [after = NaN] = loadavg();

const peerVersions = peers.map((peer) => {
  const { version: found } = readJson(join(bench, 'node_modules', peer, 'package.json')) as { version: string };
  return [peer, found] as const;
});
const resultsFile = join(bench, 'results.json');
const old = existsSync(resultsFile) ? (readJson(resultsFile) as BenchResults) : undefined;
const kindOf = ({ id }: Figure): string => id.split('/')[0] ?? id;
const measured = new Set(samples.figures.map(kindOf));
const kept = values.only === everything ? [] : (old?.figures.filter((figure) => !measured.has(kindOf(figure))) ?? []);
const [oldBefore = 0, oldAfter = 0] = kept.length > 0 ? (old?.machine.load ?? []) : [];
const results: BenchResults = {
  date: new Date().toISOString().slice(0, 10),
  versions: {
    Chromium: version,
    Node: process.version,
    Go: manifest.go,
    wazero: manifest.wazero,
    ...Object.fromEntries(peerVersions),
  },
  machine: {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    load: [Math.max(before, oldBefore), Math.max(after, oldAfter)],
  },
  figures: [...kept, ...samples.figures],
};
mkdirSync(bench, { recursive: true });
writeFileSync(resultsFile, `${JSON.stringify(results, undefined, 2)}\n`);
writeFileSync(join(bench, 'results.md'), reportOf(results));
console.log('wrote bench/results.json and bench/results.md');
