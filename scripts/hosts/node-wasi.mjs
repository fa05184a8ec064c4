/**
 * One plugin on Node's own WASI: `node --no-warnings node-wasi.mjs plugin.wasm NAME STDIN`. STDIN is "unset", or anything else
 * for fd 0. It must not touch `process.stdin`, nor import `node:process`: that would make fd 0 one that does not wait.
 * See scripts/compare-hosts.ts.
 */
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [, , file = '', name = '', stdin] = process.argv;
const wasi = new WASI({ version: 'preview1', args: [name], ...(stdin !== 'unset' && { stdin: 0 }) });
const plugin = await WebAssembly.compile(await readFile(file));
const instance = await WebAssembly.instantiate(plugin, { wasi_snapshot_preview1: wasi.wasiImport });
process.exitCode = wasi.start(instance);
