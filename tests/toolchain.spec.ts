/**
 * The Go toolchain in a browser: examples are compiled in a page and give their transcripts, and what the page is told. One
 * page with a toolchain serves all tests of a worker of the runner.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { playedExamples } from '../scripts/plays.ts';
import { sampleOfRun } from '../scripts/sample.ts';
import { loadExample, type Example } from '../src/examples/load-example.ts';
import { loadToolchainData } from '../src/examples/load-toolchain.ts';
import type { SandboxData } from '../src/protocol/sandbox-data.ts';
import type { SourceFile, Target } from '../src/protocol/toolchain.ts';
import { pageOf, projectRoot } from './fixtures/built-site.ts';
import { playTranscript } from './fixtures/play-transcript.ts';
import { expect, test as base } from './fixtures/test.ts';
import { callToolchain, serveToolchainPage, takeBuilt } from './toolchain/toolchain-page.ts';

const data = loadToolchainData('/', projectRoot);

const test = base.extend<object, { readonly compiler: Page }>({
  compiler: [
    async ({ browser }, use) => {
      const served = await serveToolchainPage();
      const page = await browser.newPage();
      await page.goto(served.url);
      await page.waitForFunction(() => 'toolchainPage' in globalThis);
      await callToolchain(page, 'open', data);
      await use(page);
      await page.close();
      await served.close();
    },
    { scope: 'worker' },
  ],
});

function goFile(text: string): SourceFile[] {
  return [{ name: 'main.go', text }];
}

/** The example's host or Go plugin as it is on disk, where a reader would build it. */
function sourceOf(example: Example, target: Target): SourceFile[] {
  return goFile(readFileSync(join(projectRoot, 'examples', example.name, target, 'main.go'), 'utf8'));
}

/** Compiles a program in the page with the toolchain. */
async function compile(compiler: Page, target: Target, files: SourceFile[]): Promise<Buffer> {
  const built = await callToolchain(compiler, 'build', target, files);
  if (built.kind !== 'built') throw new Error(`expected a program, found ${JSON.stringify(built)}`);
  return takeBuilt(compiler);
}

/** Makes a page's sandboxes load these programs in place of those that were built beforehand. */
async function substitute(page: Page, path: string, host: Buffer, plugin: Buffer | undefined): Promise<void> {
  const replaced = { host: `/compiled/host.wasm`, plugin: `/compiled/plugin.wasm` };
  await page.route(`**/${path}`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(
      /(<script type="application\/json" data-part="data">)(.*?)(?=<\/script>)/gsu,
      (_all, tag: string, json: string) => {
        const given = JSON.parse(json) as SandboxData;
        const compiled: SandboxData = {
          ...given,
          host: { url: replaced.host, bytes: host.length, wire: host.length },
          plugins: {
            ...given.plugins,
            ...(plugin !== undefined && { go: { url: replaced.plugin, bytes: plugin.length, wire: plugin.length } }),
          },
        };
        return tag + JSON.stringify(compiled).replaceAll('<', '\\u003c');
      },
    );
    await route.fulfill({ response, body });
  });
  const contentType = 'application/wasm';
  await page.route(`**${replaced.host}`, (route) => route.fulfill({ body: host, contentType }));
  if (plugin !== undefined) {
    await page.route(`**${replaced.plugin}`, (route) => route.fulfill({ body: plugin, contentType }));
  }
}

/** All of them in a deep run. */
const SAMPLED = 3;

const examples = playedExamples().map(({ name }) => name);
for (const name of sampleOfRun('compiled in the page', examples, SAMPLED)) {
  const example = loadExample(name, { root: projectRoot });
  test(`${name}, compiled in the page, runs as recorded`, async ({ compiler, page, openSandbox }) => {
    const host = await compile(compiler, 'host', sourceOf(example, 'host'));
    // The page builds programs; a library that the host calls is built with -buildmode=c-shared.
    const isGo =
      example.manifest.plugins.includes('go') &&
      !sourceOf(example, 'plugin').some((file) => 'text' in file && /^\/\/go:wasmexport /mu.test(file.text));
    const plugin = isGo ? await compile(compiler, 'plugin', sourceOf(example, 'plugin')) : undefined;
    const { path } = pageOf(name);
    await substitute(page, path, host, plugin);
    const loaded = page.waitForResponse('**/compiled/host.wasm');
    const sandbox = await openSandbox(path, name);
    if (isGo && example.manifest.plugins.length > 1) await sandbox.choosePlugin('Go plugin');
    await playTranscript(sandbox, example);
    await loaded;
  });
}

test('what is fetched is told beforehand and while it comes, and is fetched once', async ({ compiler, browser }) => {
  const page = await browser.newPage();
  const fetched: string[] = [];
  page.on('request', (request) => {
    const file = /\/toolchain\/(?<file>[\w.]+)$/u.exec(request.url())?.groups?.['file'];
    if (file !== undefined) fetched.push(file);
  });
  await page.goto(compiler.url());
  await page.waitForFunction(() => 'toolchainPage' in globalThis);
  expect(fetched).toEqual([]);
  const sizes = await callToolchain(page, 'sizes', data);
  expect(sizes.check).toBeLessThanOrEqual(4_500_000);
  expect(sizes.check + sizes.build + data.parts.format.bytes).toBeLessThanOrEqual(14_000_000);

  const expectProgress = (
    told: readonly { readonly loadedBytes: number; readonly totalBytes: number }[],
    total: number,
  ): void => {
    expect(told[0]).toEqual({ loadedBytes: 0, totalBytes: total });
    expect(told.at(-1)).toEqual({ loadedBytes: total, totalBytes: total });
    const loaded = told.map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  };
  expectProgress(await callToolchain(page, 'open', data), sizes.check);
  expect(fetched.toSorted()).toEqual([data.parts.compile, data.parts.exports].map(({ url }) => url.slice(11)));
  expectProgress(await callToolchain(page, 'prepareBuild'), sizes.build);
  expect(await callToolchain(page, 'prepareBuild')).toEqual([]);
  const built = await callToolchain(page, 'build', 'plugin', goFile('package main\n\nfunc main() {}\n'));
  expect(built.kind).toBe('built');
  expect(fetched).toHaveLength(4);
  await page.close();
});

test('a toolchain that cannot be had is one sentence', async ({ compiler, browser }) => {
  const page = await browser.newPage();
  await page.goto(compiler.url());
  await page.waitForFunction(() => 'toolchainPage' in globalThis);
  const withCompiler = (url: string): typeof data => ({
    ...data,
    parts: { ...data.parts, compile: { ...data.parts.compile, url } },
  });
  await expect(callToolchain(page, 'open', withCompiler('/toolchain/none.pack'))).rejects.toThrow(
    'Could not load none.pack: expected status 200, found 404.',
  );
  // A page in place of the file, as some servers answer any address.
  await expect(callToolchain(page, 'open', withCompiler('/index.html'))).rejects.toThrow(
    'Could not load index.html: it arrived damaged, or not at all',
  );
  // The whole of another file.
  await expect(callToolchain(page, 'open', withCompiler(data.parts.exports.url))).rejects.toThrow(
    /^page.evaluate: ToolchainError: Could not load exports\.\w+\.pack: expected [\d,]+ bytes in it, found [\d,]+\./u,
  );
  await page.close();
});

test('of checks that wait for one another the latest counts', async ({ compiler }) => {
  const programs = ['a', 'b', 'c'].map((name) => goFile(`package main\n\nfunc main() { ${name}() }\n`));
  const [first, second, third] = await callToolchain(compiler, 'checkAtOnce', 'plugin', programs);
  expect(second).toBeUndefined();
  for (const [result, name] of [
    [first, 'a'],
    [third, 'c'],
  ] as const) {
    expect(result).toEqual({
      kind: 'diagnostics',
      diagnostics: [{ file: 'main.go', line: 3, column: 15, message: `undefined: ${name}` }],
    });
  }
});

test('a toolchain that is closed gives up what it was doing', async ({ compiler, browser }) => {
  const page = await browser.newPage();
  await page.goto(compiler.url());
  await page.waitForFunction(() => 'toolchainPage' in globalThis);
  await callToolchain(page, 'open', data);
  expect(page.workers()).toHaveLength(1);
  const ended = await callToolchain(page, 'disposeWhileBuilding', 'plugin', goFile('package main\n\nfunc main() {}\n'));
  expect(ended).toBe('ToolchainError: The Go toolchain was closed. Press Edit again.');
  await expect.poll(() => page.workers()).toHaveLength(0);
  await page.close();
});
