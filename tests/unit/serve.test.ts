import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compressSite } from '../../scripts/compress.ts';
import { serve, type Serving } from '../../scripts/serve.ts';

const text = 'block or EOF? '.repeat(200);

describe('the site server', () => {
  let folder: string;
  let serving: Serving;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'block-or-eof-'));
    const dir = join(folder, 'dist');
    mkdirSync(join(dir, 'wasm'), { recursive: true });
    writeFileSync(join(dir, 'index.html'), `<p>${text}</p>`);
    mkdirSync(join(dir, 'playground'));
    writeFileSync(join(dir, 'playground', 'index.html'), '<p>playground</p>');
    writeFileSync(join(dir, '_headers'), "/*\n  Content-Security-Policy: default-src 'self'\n");
    writeFileSync(join(dir, '404.html'), '<p>not here</p>');
    writeFileSync(join(dir, 'wasm', 'hosts.0a1b2c3d.wasm'), Buffer.alloc(4096));
    await compressSite(dir, join(folder, 'cache'));
    serving = await serve({ dir, port: 0, strictPort: false, isolated: false });
  });

  after(async () => {
    await serving.close();
    rmSync(folder, { recursive: true });
  });

  it('sends the compressed twin', async () => {
    const response = await fetch(serving.url, { headers: { 'accept-encoding': 'br' } });
    assert.equal(response.headers.get('content-encoding'), 'br');
    assert.equal(response.headers.get('vary'), 'Accept-Encoding');
    assert.equal(await response.text(), `<p>${text}</p>`);
  });

  it('lets files with a content hash be kept for good, and pages not', async () => {
    const wasm = await fetch(`${serving.url}wasm/hosts.0a1b2c3d.wasm`);
    assert.match(wasm.headers.get('cache-control') ?? '', /immutable/u);
    assert.equal(wasm.headers.get('content-type'), 'application/wasm');
    const page = await fetch(serving.url);
    assert.match(page.headers.get('cache-control') ?? '', /must-revalidate/u);
  });

  it('sends the policy with every document, also at an address without its last slash', async () => {
    for (const path of ['', 'playground/', 'playground', 'playground/index.html', 'nowhere/', 'nowhere']) {
      const response = await fetch(`${serving.url}${path}`);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/u, path);
      assert.equal(response.headers.get('content-security-policy'), "default-src 'self'", path);
    }
    const wasm = await fetch(`${serving.url}wasm/hosts.0a1b2c3d.wasm`);
    assert.equal(wasm.headers.get('content-security-policy'), null);
  });

  it('answers an unknown address with the 404 page', async () => {
    const response = await fetch(`${serving.url}nowhere/`);
    assert.equal(response.status, 404);
    assert.equal(await response.text(), '<p>not here</p>');
  });

  it('isolates the page only where it is told to', async () => {
    const plain = await fetch(serving.url);
    assert.equal(plain.headers.get('cross-origin-embedder-policy'), null);
    const isolated = await serve({ dir: join(folder, 'dist'), port: 0, strictPort: false, isolated: true });
    try {
      for (const path of ['', 'wasm/hosts.0a1b2c3d.wasm', 'nowhere/']) {
        const response = await fetch(`${isolated.url}${path}`);
        assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
        assert.equal(response.headers.get('cross-origin-embedder-policy'), 'require-corp');
      }
    } finally {
      await isolated.close();
    }
  });

  it('takes the next free port when the one asked for is taken, unless told not to', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const second = await serve({ dir: join(folder, 'dist'), port, strictPort: false, isolated: false });
      assert.ok(Number(new URL(second.url).port) > port);
      await second.close();
      await assert.rejects(
        serve({ dir: join(folder, 'dist'), port, strictPort: true, isolated: false }),
        /Expected a free port/u,
      );
    } finally {
      other.close();
    }
  });

  it('says what to do when nothing is built', async () => {
    await assert.rejects(
      serve({ dir: join(folder, 'cache'), port: 0, strictPort: false, isolated: false }),
      /npm run build/u,
    );
  });
});
