/**
 * The steps of `npm test`, in order. Every step runs, also after a failed one, unless it needs that one. The last line of
 * stdout is `N passed, N failed, N skipped`; the exit code is 1 if anything failed.
 *
 *     npm test -- --only unit,lint     these steps, against what was built last
 *     npm test -- --list               the steps' names
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { browserAdvice, canInstallBrowser, findBrowser, installBrowser, leastChromium } from './browser.ts';
import { pinnedNode, root } from './install.mjs';
import {
  command,
  commandStep,
  fail,
  hasProgram,
  missing,
  pass,
  skip,
  total,
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

/** The file a package's command starts in; `node_modules/.bin` has no such file on Windows. */
function tool(...path: readonly string[]): string {
  return join(root, 'node_modules', ...path);
}

async function node(...args: readonly string[]): Promise<Outcome> {
  return commandStep(pinnedNode(), args);
}

async function setUpBrowser(): Promise<Outcome> {
  if (findBrowser() === undefined && canInstallBrowser()) installBrowser();
  const path = findBrowser();
  if (path === undefined) return fail(browserAdvice);
  let said = '';
  // Chromium for Windows has no --version; what is too old there shows itself in the tests.
  if (process.platform !== 'win32') {
    await command(path, ['--version'], { onLine: (line) => (said += `${line}\n`) });
  }
  const major = Number(/\b(\d+)\.\d+\.\d+/u.exec(said)?.[1] ?? leastChromium);
  console.log(`${path} ${said.trim()}`);
  if (major >= leastChromium) return pass;
  return fail(`Found ${said.trim()} at ${path}, which has no JSPI yet. ${browserAdvice}`);
}

async function nodeTests(name: string, ...patterns: readonly string[]): Promise<Outcome> {
  const tap = join(scratch, `${name}.tap`);
  rmSync(tap, { force: true });
  const status = await command(pinnedNode(), [
    '--test',
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

async function goTests(): Promise<Outcome> {
  const absent = await goMissing();
  if (absent !== undefined) return missing(`${absent} The native tests need it.`);
  const reader = new GoTestReader();
  const status = await command('make', ['--no-print-directory', '-C', 'examples', 'test', 'GOTESTFLAGS=-json'], {
    onLine: (line) => {
      const shown = reader.take(line);
      if (shown !== undefined) console.log(shown);
    },
  });
  return counted(() => ({ ...reader.counts(), told: reader.trouble() }), status);
}

async function verifyArtefacts(): Promise<Outcome> {
  if (!underCi) return skip('Rebuilding the wasm takes minutes: only under CI=true, or `npm run verify:wasm`.');
  const absent = await goMissing();
  if (absent !== undefined) return missing(`${absent} Rebuilding the wasm needs it.`);
  return total([
    await commandStep('make', ['--no-print-directory', '-C', 'examples', 'verify']),
    await node('scripts/toolchain.ts', 'verify'),
  ]);
}

/** What is missing for the Go parts, as a sentence. */
async function goMissing(): Promise<string | undefined> {
  if (!(await hasProgram('go', ['version']))) return 'Expected Go (1.26 or newer) on the PATH, found none.';
  if (!(await hasProgram('make', ['--version']))) return 'Expected make on the PATH, found none.';
  return undefined;
}

async function browserTests(): Promise<Outcome> {
  // Every play of a recorded session leaves its result there, see what-ran-where.ts.
  rmSync(playsFolder, { recursive: true, force: true });
  // What is measured in milliseconds has the machine to itself.
  const together = await playwright('together', '--grep-invert=@alone');
  const alone = await playwright('alone', '--grep=@alone', '--workers=1');
  const notes = [together.note, alone.note].filter((note) => note !== undefined);
  return {
    ...total([together, alone]),
    told: [...(together.told ?? []), ...(alone.told ?? [])],
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

async function playwright(name: string, ...options: readonly string[]): Promise<Outcome> {
  const report = join(scratch, `playwright-${name}.json`);
  rmSync(report, { force: true });
  const status = await command(
    pinnedNode(),
    [tool('playwright', 'cli.js'), 'test', '--reporter=list,json', ...options],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
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

const steps: readonly Step[] = [
  { name: 'browser', needs: [], run: setUpBrowser },
  { name: 'format', needs: [], run: () => node(tool('prettier', 'bin', 'prettier.cjs'), '--check', '.') },
  {
    name: 'lint',
    needs: [],
    run: async () => {
      // Types of Astro's virtual modules, which rules that look at types need.
      const status = await command(pinnedNode(), [tool('astro', 'bin', 'astro.mjs'), 'sync']);
      if (status !== 0) return fail(`\`astro sync\` exited with ${String(status)}`);
      return node(tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.');
    },
  },
  { name: 'spell', needs: [], run: () => node(tool('cspell', 'bin.mjs'), '--no-progress', '--quiet') },
  {
    name: 'types',
    needs: [],
    run: async () =>
      total([
        await node(tool('typescript', 'bin', 'tsc'), '-b', 'tsconfig.build.json'),
        await node(tool('astro', 'bin', 'astro.mjs'), 'check'),
      ]),
  },
  { name: 'unit', needs: [], run: () => nodeTests('unit', 'tests/unit/**/*.test.ts') },
  { name: 'conformance', needs: [], run: () => nodeTests('conformance', 'tests/conformance/**/*.test.ts') },
  { name: 'compare', needs: [], run: () => nodeTests('compare', 'tests/compare/*.test.ts') },
  { name: 'toolchain', needs: [], run: () => nodeTests('toolchain', 'tests/toolchain/*.test.ts') },
  { name: 'go', needs: [], run: goTests },
  { name: 'wasm', needs: [], run: verifyArtefacts },
  { name: 'build', needs: [], run: () => node('scripts/build.ts') },
  { name: 'boundaries', needs: ['build'], run: () => nodeTests('boundaries', 'tests/boundaries.test.ts') },
  { name: 'weight', needs: ['browser', 'build'], run: () => node('scripts/weight.ts') },
  { name: 'lighthouse', needs: ['browser', 'build'], run: () => node('scripts/lighthouse.ts') },
  { name: 'pages', needs: ['browser', 'build'], run: browserTests },
  {
    // One browser at a time: each uses all the machine's cores.
    name: 'browsers',
    needs: ['build'],
    run: () => nodeTests('browsers', '--test-concurrency=1', 'tests/browsers/*.test.ts'),
  },
  {
    name: 'what-ran-where',
    needs: [],
    run: () =>
      existsSync(playsFolder)
        ? node('scripts/what-ran-where.ts')
        : missing('No recorded session was played in a browser.'),
  },
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
    install: { type: 'string', default: 'present' },
  },
});
const known = steps.map((step) => step.name);
const wanted = values.only?.split(',').map((name) => name.trim());
const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];

if (values.list) {
  console.log(known.join('\n'));
} else if (unknown.length > 0) {
  console.error(`Expected --only to name steps among ${known.join(', ')}; found ${unknown.join(', ')}.`);
  process.exitCode = 1;
} else {
  process.exitCode = await runSteps(wanted === undefined ? steps : steps.filter(({ name }) => wanted.includes(name)));
}

async function runSteps(chosen: readonly Step[]): Promise<number> {
  mkdirSync(scratch, { recursive: true });
  const rows: { name: string; outcome: Outcome; seconds: number }[] = [
    { name: `install (${values.install})`, outcome: pass, seconds: 0 },
  ];
  const failed = new Set<string>();
  for (const step of chosen) {
    console.log(`\n── ${step.name} ──`);
    const started = performance.now();
    const broken = step.needs.filter((name) => failed.has(name));
    let outcome: Outcome;
    try {
      outcome = broken.length > 0 ? skip(`not run, since ${broken.join(' and ')} failed`) : await step.run();
    } catch (error) {
      outcome = fail(error instanceof Error ? error.message : String(error));
    }
    if (outcome.failed > 0) failed.add(step.name);
    rows.push({ name: step.name, outcome, seconds: (performance.now() - started) / 1000 });
  }

  console.log('\n── summary ──');
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, outcome, seconds } of rows) {
    const mark = outcome.failed > 0 ? 'FAILED ' : outcome.passed > 0 ? 'passed ' : 'skipped';
    const counts = `${String(outcome.passed)} passed, ${String(outcome.failed)} failed, ${String(outcome.skipped)} skipped`;
    console.log(`${mark} ${name.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`);
    if (outcome.note !== undefined) console.log(`        ${outcome.note}`);
  }
  for (const { name, outcome } of rows) {
    for (const line of outcome.told ?? []) console.log(`${line.startsWith('skipped ') ? '–' : '✘'} ${name} ${line}`);
  }
  const all = total(rows.map(({ outcome }) => outcome));
  console.log(`${String(all.passed)} passed, ${String(all.failed)} failed, ${String(all.skipped)} skipped`);
  return all.failed > 0 ? 1 : 0;
}
