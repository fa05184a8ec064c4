/**
 * What the tests use besides Node and Go, as Debian's packages. On Debian, root gets what runs or builds the examples; what
 * plays them in other browsers and servers too is only named, unless somebody asks for it: `.ci/run` does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import process from 'node:process';

/** A package, and a file that is there if it is, or something in its place. */
export interface DebianPackage {
  readonly name: string;
  /** A pattern of paths. */
  readonly file: string;
}

/** Rebuild the plugins, and link hosts as a plain `go build` does; of use only beside Go. */
export const compilers: readonly DebianPackage[] = [
  { name: 'make', file: '/usr/bin/make' },
  { name: 'gcc', file: '/usr/bin/gcc' },
  { name: 'clang', file: '/usr/bin/clang' },
  { name: 'lld', file: '/usr/bin/wasm-ld' },
  { name: 'wasi-libc', file: '/usr/include/wasm32-wasi/unistd.h' },
  { name: 'libclang-rt-14-dev-wasm32', file: '/usr/lib/llvm-14/lib/clang/14*/lib/wasi/libclang_rt.builtins-wasm32.a' },
  { name: 'rustc', file: '/usr/bin/rustc' },
  { name: 'libstd-rust-dev-wasm32', file: '/usr/lib/rustlib/wasm32-wasi*/lib/libstd-*.rlib' },
  { name: 'brotli', file: '/usr/bin/brotli' },
];

/** Play the sessions in other browsers, and serve the site as docs/publish says. */
export const others: readonly DebianPackage[] = [
  { name: 'firefox-esr', file: '/usr/bin/firefox-esr' },
  { name: 'webkit2gtk-driver', file: '/usr/bin/WebKitWebDriver' },
  { name: 'xvfb', file: '/usr/bin/Xvfb' },
  { name: 'python3', file: '/usr/bin/python3' },
  { name: 'python3-pip', file: '/usr/bin/pip3' },
  { name: 'nginx', file: '/usr/sbin/nginx' },
  { name: 'libnginx-mod-http-brotli-static', file: '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so' },
  { name: 'caddy', file: '/usr/bin/caddy' },
];

/** Names of the packages that are not there. */
export function lacking(packages: readonly DebianPackage[]): string[] {
  return packages.filter(({ file }) => globSync(file).length === 0).map(({ name }) => name);
}

/** Whether this is Debian, or one of its kind. */
export function isDebian(): boolean {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get');
}

/** Whether `install` can work here. */
export function canInstall(): boolean {
  return isDebian() && process.getuid?.() === 0;
}

/**
 * Installs packages; what apt-get says is on stderr.
 * @throws Error when it fails
 */
export function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['-q', 'update'],
    ['-q', 'install', '-y', '--no-install-recommends', ...packages],
  ]) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
    if (status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` failed; its reason is above.`);
  }
}

/** The one command that brings what was skipped, or what to look for. */
export function commandFor(packages: readonly string[]): string {
  return isDebian()
    ? `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
    : `install what Debian calls ${packages.join(', ')}`;
}
