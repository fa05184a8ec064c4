/** The steps of `npm test`, in order: what each runs, and how its tests are counted. See run-tests.ts. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { browserAdvice, canInstallBrowser, findBrowser, installBrowser, leastChromium } from './browser.ts';
import { pinnedNode, root } from './install.mjs';
import { canInstall, commandFor, compilers, install, isDebian, lacking } from './debian-packages.ts';
import { isDeep } from './sample.ts';
import {
  command,
  commandStep,
  fail,
  hasProgram,
  missing,
  pass,
  say,
  skip,
  together,
  underCi,
  type Outcome,
  type Step,
} from './step.ts';
import {
  countsFromPlaywright,
  countsFromTap,
  GoTestReader,
  troubleFromPlaywright,
  troubleFromTap,
} from './test-counts.ts';
import { playsFolder } from './what-ran-where.ts';

const scratch = join(root, '.build', 'test');
mkdirSync(scratch, { recursive: true });

/** The file a package's command starts in; `node_modules/.bin` has no such file on Windows. */
function tool(...path: readonly string[]): string {
  return join(root, 'node_modules', ...path);
}

/** Where a tool keeps what it has found of files that have not changed since: at home only, CI looks at all of them. */
function cached(name: string): string[] {
  return underCi ? [] : ['--cache', `--cache-location=${join(root, '.build', 'cache', name)}`];
}

async function node(...args: readonly string[]): Promise<Outcome> {
  return commandStep(pinnedNode(), args);
}

async function setUpBrowser(): Promise<Outcome> {
  if (findBrowser() === undefined && canInstallBrowser()) installBrowser();
  const path = findBrowser();
  if (path === undefined) return missing(browserAdvice);
  let said = '';
  // Chromium for Windows has no --version; what is too old there shows itself in the tests.
  if (process.platform !== 'win32') {
    await command(path, ['--version'], { onLine: (line) => (said += `${line}\n`) });
  }
  const major = Number(/\b(\d+)\.\d+\.\d+/u.exec(said)?.[1] ?? leastChromium);
  say(`${path} ${said.trim()}`);
  if (major >= leastChromium) return pass;
  return fail(`Found ${said.trim()} at ${path}, which has no JSPI yet. ${browserAdvice}`);
}

/** What is said without Go; the examples' module then has Go fetch the version that it is for. */
const NO_GO = 'Expected Go 1.21 or newer on the PATH, found none: see go.dev/dl.';

async function hasGo(): Promise<boolean> {
  return hasProgram('go', ['version']);
}

/** The compilers that build the examples' plugins, where Go is there to use them. */
async function setUpCompilers(): Promise<Outcome> {
  if (!(await hasGo())) return missing(`${NO_GO} The native tests need it.`);
  let packages = lacking(compilers);
  if (packages.length > 0 && canInstall()) {
    install(packages);
    packages = lacking(compilers);
  }
  if (packages.length === 0 || !isDebian()) return pass;
  return missing(`Some native tests need more. To run them too: ${commandFor(packages)}`);
}

/** A test that node runs has this long, in ms; a few browsers and long sessions need minutes. */
const NODE_TEST_MS = 8 * 60_000;

async function nodeTests(name: string, ...patterns: readonly string[]): Promise<Outcome> {
  const tap = join(scratch, `${name}.tap`);
  rmSync(tap, { force: true });
  const status = await command(pinnedNode(), [
    '--test',
    `--test-timeout=${String(NODE_TEST_MS)}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
    ...patterns,
  ]);
  return counted(() => {
    const said = readFileSync(tap, 'utf8');
    return { ...countsFromTap(said), told: troubleFromTap(said) };
  }, status);
}

async function fetchModules(): Promise<Outcome> {
  if (!(await hasGo())) return missing(`${NO_GO} It fetches wazero.`);
  return commandStep('go', ['-C', 'examples', 'mod', 'download']);
}

async function lint(): Promise<Outcome> {
  // Types of Astro's virtual modules, which rules that look at types need.
  const status = await command(pinnedNode(), [tool('astro', 'bin', 'astro.mjs'), 'sync']);
  if (status !== 0) return fail(`\`astro sync\` exited with ${String(status)}`);
  return node(tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', ...cached('eslint'), '.');
}

async function checkTypes(): Promise<Outcome> {
  return together([
    await node(tool('typescript', 'bin', 'tsc'), '-b', 'tsconfig.build.json'),
    await node(tool('astro', 'bin', 'astro.mjs'), 'check'),
  ]);
}

async function goTests(): Promise<Outcome> {
  const absent = await goMissing();
  if (absent !== undefined) return missing(`${absent} The native tests need it.`);
  const reader = new GoTestReader();
  const status = await command('make', ['--no-print-directory', '-C', 'examples', 'test', 'GOTESTFLAGS=-json'], {
    onLine: (line) => {
      const shown = reader.take(line);
      if (shown !== undefined) say(shown);
    },
  });
  return counted(() => ({ ...reader.counts(), told: reader.trouble() }), status);
}

async function verifyArtefacts(): Promise<Outcome> {
  if (!underCi && !isDeep()) {
    return skip('Rebuilding the wasm takes minutes: only under CI=true, or `npm run verify:wasm`.');
  }
  const absent = await goMissing();
  if (absent !== undefined) return missing(`${absent} Rebuilding the wasm needs it.`);
  return together([
    await commandStep('make', ['--no-print-directory', '-C', 'examples', 'verify']),
    await node('scripts/toolchain.ts', 'verify'),
  ]);
}

/** What is missing for the Go parts, as a sentence. */
async function goMissing(): Promise<string | undefined> {
  if (!(await hasGo())) return NO_GO;
  if (!(await hasProgram('make', ['--version']))) return 'Expected make on the PATH, found none.';
  return undefined;
}

/** Where no time is measured, see playwright.config.ts. */
function firstTier(): NodeJS.ProcessEnv {
  return isDeep() ? {} : { FIRST_TIER: 'true' };
}

async function browserTests(): Promise<Outcome> {
  // Every play of a recorded session leaves its result there, see what-ran-where.ts.
  rmSync(playsFolder, { recursive: true, force: true });
  // What is measured in milliseconds has the machine to itself.
  const beside = await playwright('together', ['--grep-invert=@alone'], firstTier());
  return together([beside, await playwright('alone', ['--grep=@alone', '--workers=1'])]);
}

/** The site in a folder of a domain: its links, a run on each transport, the search, and an edit. */
async function subFolderTests(): Promise<Outcome> {
  const outDir = join('.build', 'sub-folder', 'dist');
  const env = { BASE_PATH: '/docs/streams/', SITE_DIR: outDir };
  // What is compressed does not depend on the address.
  const status = await command(pinnedNode(), ['scripts/build.ts', '--outDir', outDir, '--plain'], { env });
  if (status !== 0) return fail(`the build below ${env.BASE_PATH} exited with ${String(status)}`);
  return together([pass, await playwright('sub-folder', ['--grep=@any-address'], { ...env, ...firstTier() })]);
}

/** The site with marked words: what stands on it without a mark did not come from a table of src/words. */
async function wordsTests(): Promise<Outcome> {
  const outDir = join('.build', 'marked', 'dist');
  const env = { WORDS: 'marked', SITE_DIR: outDir };
  const status = await command(pinnedNode(), ['scripts/build.ts', '--outDir', outDir, '--plain'], { env });
  if (status !== 0) return fail(`the build with marked words exited with ${String(status)}`);
  return together([pass, await playwright('words', [], { ...env, ...firstTier() })]);
}

async function playwright(name: string, options: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const report = join(scratch, `playwright-${name}.json`);
  rmSync(report, { force: true });
  const status = await command(
    pinnedNode(),
    [tool('playwright', 'cli.js'), 'test', '--reporter=list,json', ...options],
    {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  );
  return counted(() => {
    const said = readFileSync(report, 'utf8');
    return { ...countsFromPlaywright(said), told: troubleFromPlaywright(said) };
  }, status);
}

/** Counts of a runner that has ended; a bad exit without a failed test, or no test at all, is a failure too. */
function counted(read: () => Outcome, status: number): Outcome {
  let counts: Outcome;
  try {
    counts = read();
  } catch (error) {
    return fail(`no counts: ${error instanceof Error ? error.message : String(error)} (exit code ${String(status)})`);
  }
  if (counts.passed + counts.failed + counts.skipped === 0) return fail('expected tests, found none');
  if (status !== 0 && counts.failed === 0) {
    return { ...counts, failed: 1, note: `all tests passed, but the exit code was ${String(status)}` };
  }
  return counts;
}

/** All of them. What takes long begins early, beside the many that are short. */
export const steps: readonly Step[] = [
  { name: 'browser', needs: [], minutes: 10, run: setUpBrowser },
  { name: 'compilers', needs: [], after: ['browser'], minutes: 10, run: setUpCompilers },
  { name: 'modules', needs: [], after: ['compilers'], minutes: 10, run: fetchModules },
  // The longest of those that run side by side.
  { name: 'go', needs: [], after: ['modules'], minutes: 40, run: goTests },
  { name: 'wasm', needs: [], after: ['modules'], minutes: 25, run: verifyArtefacts },
  {
    name: 'format',
    needs: [],
    minutes: 5,
    run: () => node(tool('prettier', 'bin', 'prettier.cjs'), '--check', ...cached('prettier'), '.'),
  },
  { name: 'lint', needs: [], minutes: 8, run: lint },
  { name: 'spell', needs: [], minutes: 5, run: () => node(tool('cspell', 'bin.mjs'), '--no-progress', '--quiet') },
  // Astro writes the types of its virtual modules in these three.
  { name: 'types', needs: [], after: ['lint'], minutes: 6, run: checkTypes },
  { name: 'build', needs: [], after: ['types'], minutes: 10, run: () => node('scripts/build.ts') },
  // Citations of wazero are compared with its source.
  { name: 'unit', needs: [], after: ['modules'], minutes: 40, run: () => nodeTests('unit', 'tests/unit/**/*.test.ts') },
  {
    name: 'conformance',
    needs: [],
    after: ['modules'],
    minutes: 8,
    run: () => nodeTests('conformance', 'tests/conformance/**/*.test.ts'),
  },
  {
    name: 'compare',
    needs: [],
    after: ['modules'],
    minutes: 10,
    run: () => nodeTests('compare', 'tests/compare/*.test.ts'),
  },
  {
    name: 'toolchain',
    needs: [],
    after: ['modules'],
    minutes: 15,
    run: () => nodeTests('toolchain', 'tests/toolchain/*.test.ts'),
  },
  {
    name: 'boundaries',
    needs: ['build'],
    minutes: 15,
    run: () => nodeTests('boundaries', 'tests/boundaries.test.ts', 'tests/add-example.test.ts'),
  },
  { name: 'weight', needs: ['browser', 'build'], minutes: 10, run: () => node('scripts/weight.ts') },
  { name: 'sub-folder', needs: ['browser'], after: ['build'], minutes: 15, run: subFolderTests },
  { name: 'words', needs: ['browser'], after: ['build', 'sub-folder'], minutes: 15, run: wordsTests },
  {
    name: 'addresses',
    needs: ['build', 'sub-folder'],
    minutes: 3,
    run: () => nodeTests('addresses', 'tests/addresses.test.ts'),
  },
  {
    name: 'servers',
    needs: ['browser', 'build', 'sub-folder'],
    minutes: 10,
    run: () => nodeTests('servers', 'tests/servers.test.ts'),
  },
  {
    name: 'lighthouse',
    needs: ['browser', 'build'],
    minutes: 30,
    alone: true,
    run: () => node('scripts/lighthouse.ts', ...(isDeep() ? ['--all'] : [])),
  },
  { name: 'pages', needs: ['browser', 'build'], minutes: 60, alone: true, run: browserTests },
  {
    name: 'browsers',
    needs: ['build'],
    minutes: 45,
    alone: true,
    run: () => nodeTests('browsers', '--test-concurrency=2', 'tests/browsers/*.test.ts'),
  },
  {
    name: 'what-ran-where',
    needs: [],
    after: ['pages', 'browsers'],
    minutes: 3,
    run: () =>
      existsSync(playsFolder)
        ? node('scripts/what-ran-where.ts')
        : missing('No recorded session was played in a browser.'),
  },
];
