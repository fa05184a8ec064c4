/**
 * The conformance tests of `tests/conformance` in a browser: on a page's main thread and in workers, on a page without
 * special headers (JSPI), and on an isolated one (shared memory too). Needs no built site.
 */
import { serveSources, type SourceServer } from './fixtures/source-server.ts';
import { expect, test } from './fixtures/test.ts';
import type * as Realm from './conformance/browser-realm.ts';
import type { CaseResult } from './conformance/run-cases.ts';

const REALM = '/tests/conformance/browser-realm.ts';

let server: SourceServer;

test.beforeAll(async ({ transport }) => {
  server = await serveSources(transport === 'shared-memory');
});

test.afterAll(async () => {
  await server.close();
});

test.beforeEach(async ({ page }) => {
  await page.goto(server.url);
});

/** All faults, and that there was something to find fault with. */
function expectNoFaults(results: readonly CaseResult[], least: number): void {
  expect(results.length).toBeGreaterThanOrEqual(least);
  expect(results.filter(({ fault }) => fault !== undefined)).toEqual([]);
}

test('the imports do what preview1 asks, in a worker', async ({ page }) => {
  const results = await page.evaluate(async (realm) => {
    const { runInWorker } = (await import(realm)) as typeof Realm;
    return runInWorker('imports');
  }, REALM);
  expectNoFaults(results, 300);
});

test('the imports do what preview1 asks, on the main thread', async ({ page }) => {
  const results = await page.evaluate(async (realm) => {
    const { runImportCases } = (await import(realm)) as typeof Realm;
    return runImportCases();
  }, REALM);
  expectNoFaults(results, 300);
});

test('the plugin host runs plugins in a worker', async ({ page }) => {
  const results = await page.evaluate(async (realm) => {
    const { runInWorker } = (await import(realm)) as typeof Realm;
    return runInWorker('plugins');
  }, REALM);
  expectNoFaults(results, 30);
});

test('the plugin host runs plugins on the main thread', async ({ page }) => {
  const results = await page.evaluate(async (realm) => {
    const { runPluginCases } = (await import(realm)) as typeof Realm;
    return runPluginCases();
  }, REALM);
  expectNoFaults(results, 30);
});

// Shared memory needs an isolated page.
test('the plugin host runs plugins in workers that block', { tag: '@only-shared-memory' }, async ({ page }) => {
  const results = await page.evaluate(async (realm) => {
    const { runThreadCases } = (await import(realm)) as typeof Realm;
    return runThreadCases();
  }, REALM);
  expectNoFaults(results, 5);
});
