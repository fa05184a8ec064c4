import { readFile } from 'node:fs/promises';
import { runPlugin } from '../../src/engine/plugin/plugin-host.ts';
import { StdinPipe } from '../../src/engine/stdin/stdin-pipe.ts';

const pipe = new StdinPipe();
const decoder = new TextDecoder();
const run = runPlugin({
  plugin: await readFile(new URL('programs/greet.wasm', import.meta.url)),
  stdin: { kind: 'pipe', channel: pipe },
  stdout: (bytes) => console.log(decoder.decode(bytes)),
});
await pipe.write('Ada\n'); // The plugin waited for this.
pipe.close();
const { status } = await run;
console.log('exit status', status);
