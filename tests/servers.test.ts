/**
 * The recipes of docs/publish: nginx and Caddy, from Debian's packages, serve the built site, each at two addresses; the workflow
 * is looked at by actionlint.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pinnedNode, projectEnv, root } from '../scripts/install.mjs';

interface Site {
  /** Where it is published. */
  readonly base: string;
  /** Folder below the project. */
  readonly dir: string;
  /** Whether its files have compressed twins. */
  readonly compressed: boolean;
}

const sites: readonly Site[] = [
  { base: '/', dir: 'dist', compressed: true },
  { base: '/docs/streams/', dir: join('.build', 'sub-folder', 'dist'), compressed: false },
];

/** A server's recipe with the places of this machine in it, and the command that runs it in the foreground. */
interface Server {
  readonly name: string;
  readonly version: readonly string[];
  readonly command: (folder: string, www: string, base: string, port: number) => readonly string[];
}

const recipe = (file: string): string => readFileSync(join(root, 'docs', 'publish', file), 'utf8');

/** Replaces text that must be there. */
function put(text: string, old: string, now: string): string {
  assert.ok(text.includes(old), `expected ${JSON.stringify(old)} in the recipe`);
  return text.replaceAll(old, now);
}

const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

const servers: readonly Server[] = [
  {
    name: 'nginx',
    version: ['nginx', '-v'],
    command: (folder, www, base, port) => {
      let text = put(recipe('nginx.conf'), 'listen 80;', `listen 127.0.0.1:${String(port)};`);
      text = put(put(text, 'root /srv/www;', `root ${www};`), 'error_page 404 /', `error_page 404 ${base}`);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `${kind}_temp_path ${join(folder, kind)};`,
      );
      const main = [
        `load_module ${brotliModule};`,
        `pid ${join(folder, 'pid')};`,
        'daemon off;',
        // As root, nginx would serve as somebody who may not look into the reader's folder.
        ...(process.getuid?.() === 0 ? ['user root;'] : []),
        'events {}',
        `http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')} include site.conf; }`,
      ];
      writeFileSync(join(folder, 'site.conf'), text);
      writeFileSync(join(folder, 'nginx.conf'), main.join('\n'));
      return ['nginx', '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
    },
  },
  {
    name: 'Caddy',
    version: ['caddy', 'version'],
    command: (folder, www, base, port) => {
      let text = put(recipe('Caddyfile'), 'streams.example {', `http://127.0.0.1:${String(port)} {`);
      text = put(put(text, 'root * /srv/www', `root * ${www}`), 'rewrite * /404.html', `rewrite * ${base}404.html`);
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tgrace_period 1s\n}\n${text}`);
      return ['caddy', 'run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
    },
  },
];

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Asks until the server answers, or has ended. */
async function untilItAnswers(address: string, server: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    assert.equal(server.exitCode, null, `the server has ended: ${said()}`);
    try {
      await fetch(address);
      return;
    } catch {
      await pause(20);
    }
  }
}

for (const { name, version, command } of servers) {
  const [program = '', ...args] = version;
  const there = spawnSync(program, args).status === 0 && (name !== 'nginx' || existsSync(brotliModule));
  for (const { base, dir, compressed } of sites) {
    describe(`${name}, the site at ${base}`, { skip: there ? false : `${name} is not installed` }, () => {
      let server: ChildProcess;
      let folder: string;
      let address: string;

      before(async () => {
        folder = mkdtempSync(join(tmpdir(), 'servers-'));
        const www = join(folder, 'www');
        const published = join(www, base);
        mkdirSync(dirname(published.replace(/\/$/u, '')), { recursive: true });
        symlinkSync(join(root, dir), published.replace(/\/$/u, ''));
        const port = await freePort();
        const [serverProgram = '', ...serverArgs] = command(folder, www, base, port);
        server = spawn(serverProgram, serverArgs, {
          stdio: ['ignore', 'ignore', 'pipe'],
          env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
        });
        let said = '';
        server.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
        address = `http://127.0.0.1:${String(port)}${base}`;
        await untilItAnswers(address, server, () => said);
      });

      after(() => {
        server.kill();
        rmSync(folder, { recursive: true, force: true });
      });

      it('sends pages and programs, compressed where they are, with the right headers', async () => {
        const page = await fetch(`${address}two-pipes/`, { headers: { 'Accept-Encoding': 'br' } });
        assert.equal(page.status, 200);
        assert.match(page.headers.get('content-type') ?? '', /^text\/html/u);
        assert.equal(page.headers.get('content-encoding'), compressed ? 'br' : null);
        assert.equal(page.headers.get('cache-control'), 'public, max-age=0, must-revalidate');
        assert.equal(page.headers.get('cross-origin-opener-policy'), 'same-origin');
        assert.match(await page.text(), /Two pipes, not one/u);

        const hosts = readdirSync(join(root, dir, 'wasm')).find((file) => /^hosts\..*\.wasm$/u.test(file)) ?? '';
        const wasm = await fetch(`${address}wasm/${hosts}`, { headers: { 'Accept-Encoding': 'br' } });
        assert.equal(wasm.headers.get('content-type'), 'application/wasm');
        assert.equal(wasm.headers.get('cache-control'), 'public, max-age=31536000, immutable');
        assert.equal(wasm.headers.get('content-encoding'), compressed ? 'br' : null);
        assert.ok(WebAssembly.validate(await wasm.arrayBuffer()));

        const pack = readdirSync(join(root, dir, 'toolchain')).find((file) => file.endsWith('.pack')) ?? '';
        const packed = await fetch(`${address}toolchain/${pack}`, { headers: { 'Accept-Encoding': 'br' } });
        assert.equal(packed.headers.get('content-encoding'), null);
        assert.equal(packed.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      });

      it('answers an unknown address with the page for "not found", and status 404', async () => {
        const missing = await fetch(`${address}no-such-page/`);
        assert.equal(missing.status, 404);
        assert.match(await missing.text(), /<h1[^>]*>/u);
      });

      it('a run waits and ends on it', () => {
        const tried = spawnSync(
          pinnedNode(),
          [
            join(root, 'node_modules', 'playwright', 'cli.js'),
            'test',
            '--reporter=line',
            '--project=shared-memory',
            '--grep=@any-address',
          ],
          {
            cwd: root,
            encoding: 'utf8',
            env: { ...projectEnv(), SITE_DIR: dir, SITE_ADDRESS: address, CI: 'true' },
          },
        );
        assert.equal(tried.status, 0, tried.stdout + tried.stderr);
      });
    });
  }
}

const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const hasGo = spawnSync('go', ['version']).status === 0;

it('the workflow for GitHub Pages has no fault', { skip: hasGo ? false : 'needs Go on the PATH' }, () => {
  const workflow = join(root, 'docs', 'publish', 'github-pages.yml');
  const checked = spawnSync('go', ['run', actionlint, workflow], { cwd: tmpdir(), encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
});
