/**
 * A plugin on Node's own WASI: `node --no-warnings scripts/node-wasi.mjs plugin.wasm`. It says at the end how often a timer of
 * this program has run meanwhile. With a third argument it touches `process.stdin` first, which makes reads of fd 0 fail
 * instead of wait. (So would an import of `node:process`, which looks at all that is in there.)
 *
 * Recorded and replayed by `other-hosts.ts`.
 */
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

let ticks = 0;
if (process.argv[3] === 'touch') process.stdin.unref();
const timer = setInterval(() => (ticks += 1), 10);
// #region key
const wasi = new WASI({ version: 'preview1', args: ['plugin.wasm'], stdin: 0, stdout: 1 });
const plugin = await WebAssembly.compile(await readFile(process.argv[2] ?? ''));
const instance = await WebAssembly.instantiate(plugin, { wasi_snapshot_preview1: wasi.wasiImport });
ticks = 0;
const status = wasi.start(instance);
console.log(`host: the plugin exited with ${status}; a timer of mine ran ${ticks} times`);
// #endregion key
clearInterval(timer);
