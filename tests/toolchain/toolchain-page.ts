/** The page with a Go toolchain: bundled, served beside the pack, opened, and called. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { build } from 'vite';
import { serve } from '../../scripts/serve.ts';
import { projectRoot } from '../fixtures/built-site.ts';
import type { ToolchainPage } from './page/main.ts';

/** A page on a server. */
export interface ServedPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Bundles the page, and serves it with the pack as a static host would. */
export async function serveToolchainPage(): Promise<ServedPage> {
  const scratch = join(projectRoot, '.build', 'test');
  mkdirSync(scratch, { recursive: true });
  const site = mkdtempSync(join(scratch, 'toolchain-page-'));
  await build({
    root: join(projectRoot, 'tests', 'toolchain', 'page'),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: site, emptyOutDir: true },
  });
  cpSync(join(projectRoot, 'public', 'toolchain'), join(site, 'toolchain'), { recursive: true });
  const serving = await serve({ dir: site, port: 0, strictPort: false, isolated: false });
  return {
    url: serving.url,
    close: async () => {
      await serving.close();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

/** Calls a function of the page. */
export async function callToolchain<Name extends keyof ToolchainPage>(
  page: Page,
  name: Name,
  ...args: Parameters<ToolchainPage[Name]>
): Promise<Awaited<ReturnType<ToolchainPage[Name]>>> {
  const answer = await page.evaluate(
    ([which, given]) => {
      const { toolchainPage } = globalThis as unknown as {
        toolchainPage: Record<string, (...all: unknown[]) => unknown>;
      };
      return toolchainPage[which]?.(...given);
    },
    [name, args] as const,
  );
  return answer as Awaited<ReturnType<ToolchainPage[Name]>>;
}

/** Takes the bytes of the program that was built last out of the page: too many for an answer of `evaluate`. */
export async function takeBuilt(page: Page): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await callToolchain(page, 'send', `http://127.0.0.1:${String(port)}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return Buffer.concat(pieces);
}
