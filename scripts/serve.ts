/**
 * Serves the built site on loopback the way a good static host would: compressed twins, immutable caching for files whose
 * name carries a content hash, the Content-Security-Policy of the site's `_headers`, the 404 page with status 404.
 *
 *     node scripts/serve.ts [--port 4321] [--strict-port] [--isolated] [--dir dist]
 *
 * `--isolated` sends COOP and COEP, which give a page SharedArrayBuffer. Without `--strict-port` a taken port leads to the
 * next free one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { basePath } from './base-path.ts';
import { root } from './install.mjs';
import { policyIn } from './security-policy.ts';

/** How a site is served. */
export interface ServeOptions {
  /** The built site. */
  readonly dir: string;
  /** The port asked for; 0 lets the system choose. */
  readonly port: number;
  /** Fail when the port is taken, instead of trying the next. */
  readonly strictPort: boolean;
  /** Send COOP and COEP. */
  readonly isolated: boolean;
  /** The folder of the address, see base-path.ts; by default that of BASE_PATH. */
  readonly base?: string;
}

/** A server that listens. */
export interface Serving {
  /** Address of the home page, e.g. `http://127.0.0.1:4321/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Ports tried after the one asked for. */
const portsToTry = 50;

/** `name.1a2b3c4d.wasm` and `.pack` (ours) and everything below `/_astro/` (Astro's) never change under their name. */
const immutablePath = /^\/_astro\/|\.[0-9a-f]{8,}\.(?:pack|wasm)$/u;

/**
 * What a policy is for: documents, also at an address without its last slash, and workers. `_headers` cannot tell them from the rest, but sites are published over HTTP/2,
 * which sends a header that repeats itself as a few bytes; this server speaks HTTP/1.1.
 */
const policedPath = /\/$|\.html$|\/[^./]+$|(?:worker|relay)-[\w-]+\.js$/u;

/** What goes with every answer of one server. */
interface SentAlways {
  readonly isolated: boolean;
  readonly policy: string | undefined;
}

function setHeaders(response: ServerResponse, pathname: string, { isolated, policy }: SentAlways): void {
  response.setHeader(
    'Cache-Control',
    immutablePath.test(pathname) ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (policy !== undefined && policedPath.test(pathname)) response.setHeader('Content-Security-Policy', policy);
  if (!isolated) return;
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

/** Listens on a port, or resolves to the error that says why not. */
async function listen(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error);
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(undefined);
    });
  });
}

/**
 * Starts serving.
 * @throws Error when the site is not built, or no port is free.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  if (!existsSync(join(options.dir, 'index.html'))) {
    throw new Error(`Expected a built site in ${options.dir}, found no index.html. Build it with \`npm run build\`.`);
  }
  const notFoundFile = join(options.dir, '404.html');
  const notFound = existsSync(notFoundFile) ? readFileSync(notFoundFile) : Buffer.from('Not found\n');
  const headersFile = join(options.dir, '_headers');
  const always: SentAlways = {
    isolated: options.isolated,
    policy: existsSync(headersFile) ? policyIn(readFileSync(headersFile, 'utf8')) : undefined,
  };
  const handler = sirv(options.dir, {
    dev: false,
    brotli: true,
    gzip: true,
    etag: true,
    dotfiles: false,
    setHeaders: (response, pathname) => setHeaders(response, pathname, always),
    onNoMatch: (request, response) => {
      setHeaders(response, request.url ?? '/', always);
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : notFound);
    },
  });
  const base = options.base ?? basePath;
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith(base)) {
      request.url = `/${url.slice(base.length)}`;
      handler(request, response);
    } else {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`Nothing is here: the site is in ${base}\n`);
    }
  });
  const last = options.strictPort || options.port === 0 ? options.port : options.port + portsToTry;
  for (let port = options.port; port <= last; port += 1) {
    const error = await listen(server, port);
    if (error === undefined) break;
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    if (port === last) {
      throw new Error(
        `Expected a free port from ${String(options.port)} to ${String(last)} on 127.0.0.1, found none. Pass --port.`,
      );
    }
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${base}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      'strict-port': { type: 'boolean', default: false },
      isolated: { type: 'boolean', default: false },
      dir: { type: 'string', default: join(root, 'dist') },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`Expected --port to be a number from 0 to 65535, found ${JSON.stringify(values.port)}.`);
    process.exit(1);
  }
  try {
    const serving = await serve({
      dir: values.dir,
      port,
      strictPort: values['strict-port'],
      isolated: values.isolated,
    });
    console.log(`The site is at ${serving.url}  (Ctrl-C ends it)`);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        void serving.close().then(() => {
          process.exit(0);
        });
      });
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
