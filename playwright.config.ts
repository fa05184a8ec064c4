/**
 * Browser tests against the built site, in the three ways a browser can block in it: `jspi` and `service-worker` on a server
 * without special headers, `shared-memory` on one that isolates the page. Build first (`npm run build`); `npm test` does.
 */
import { createServer, type AddressInfo } from 'node:net';
import process from 'node:process';
import { defineConfig, devices } from 'playwright/test';
import { basePath } from './scripts/base-path.ts';
import { launchOptions } from './scripts/browser.ts';
import { pinnedNode } from './scripts/install.mjs';
import { isDeep } from './scripts/sample.ts';
import type { SandboxOptions } from './tests/fixtures/test.ts';

/** A port of loopback that is free now; workers read the main process's choice from its environment. */
async function freePort(variable: string): Promise<string> {
  const chosen = process.env[variable];
  if (chosen !== undefined) return chosen;
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => {
        resolve(free);
      });
    });
  });
  process.env[variable] = String(port);
  return String(port);
}

const plainPort = await freePort('BLOCK_OR_EOF_PLAIN_PORT');
const isolatedPort = await freePort('BLOCK_OR_EOF_ISOLATED_PORT');

/** A server that runs already, in place of ours: it sends the headers for shared memory. */
const elsewhere = process.env['SITE_ADDRESS'];

function addressOf(port: string): string {
  return elsewhere ?? `http://127.0.0.1:${port}${basePath}`;
}

function server(
  port: string,
  ...options: readonly string[]
): { command: string; url: string; reuseExistingServer: false } {
  const where = ['--dir', JSON.stringify(dir), '--strict-port', '--port', port];
  const command = [JSON.stringify(pinnedNode()), 'scripts/serve.ts', ...where, ...options];
  return { command: command.join(' '), url: addressOf(port), reuseExistingServer: false };
}

/** Where the built site is; another folder for one that was built with another BASE_PATH. */
const dir = process.env['SITE_DIR'] ?? 'dist';

const launched = launchOptions();

/**
 * Where no time is measured, V8 compiles WebAssembly once and not better a second time: a run is too short to gain by it, and
 * the tests take a third less. A deep run has the browser as it is.
 */
const tier = process.env['FIRST_TIER'] === 'true' ? ['--js-flags=--liftoff-only'] : [];

const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: { ...launched, args: [...(launched.args ?? []), ...tier] },
};

/** What does not depend on the transport is seen once, and everywhere in a deep run. */
const once = isDeep() ? '@only-jspi' : '@only-jspi|@once';

/** The site with marked words, see tests/words.spec.ts. It is isolated, so that it can be seen on each transport. */
const isMarked = process.env['WORDS'] === 'marked';
const marked = {
  name: 'marked',
  testMatch: 'words.spec.ts',
  use: { ...chromium, baseURL: addressOf(isolatedPort), transport: 'jspi' as const },
};

export default defineConfig<SandboxOptions>({
  testDir: 'tests',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: process.env['CI'] === 'true',
  fullyParallel: true,
  retries: 0,
  // With two, a seventh of two cores stood idle.
  workers: 4,
  timeout: 120_000,
  // A cold run compiles a Go plugin in wazero's interpreter, and an edited one Go itself: on two busy cores that takes its time.
  expect: { timeout: 45_000 },
  reporter: 'list',
  // A trace is for whoever looks at it; to record one takes longer than to run the test.
  use: { trace: process.env['CI'] === 'true' || isDeep() ? 'off' : 'retain-on-failure', actionTimeout: 30_000 },
  webServer: elsewhere === undefined ? [server(plainPort), server(isolatedPort, '--isolated')] : [],
  projects: isMarked
    ? [marked]
    : [
        {
          name: 'jspi',
          testIgnore: /\/(?:service-worker|words)\.spec\.ts$/u,
          grepInvert: /@only-shared-memory|@not-jspi/u,
          use: { ...chromium, baseURL: addressOf(plainPort), transport: 'jspi' },
        },
        {
          name: 'shared-memory',
          // What a page looks like and what compiles in it doesn't depend on the transport: once is enough. How it is drawn and what
          // is said around it does as little, and is seen here in a deep run.
          testIgnore: new RegExp(
            `/(?:copying|direct|editor|edits|journeys|language|playground|search|security-policy|service-worker|site|toolchain|words${isDeep() ? '' : '|lessons|prepared|share|timeline'})\\.spec\\.ts$`,
            'u',
          ),
          grepInvert: new RegExp(`${once}|@not-shared-memory`, 'u'),
          use: { ...chromium, baseURL: addressOf(isolatedPort), transport: 'shared-memory' },
        },
        {
          name: 'service-worker',
          testMatch: ['examples.spec.ts', 'sandbox.spec.ts', 'service-worker.spec.ts'],
          grepInvert: new RegExp(`${once}|@not-service-worker`, 'u'),
          use: { ...chromium, baseURL: addressOf(plainPort), transport: 'service-worker' },
        },
      ],
});
