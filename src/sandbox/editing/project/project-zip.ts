import { words } from '#words/editing/project';
import { strToU8, zipSync } from 'fflate';
import { nameOf, targetOf, type ProjectFile } from './project.ts';

/** What goes into a download. */
export interface ZipContents {
  /** Name of the folder, and of the plugin's file. */
  readonly name: string;
  /** The Go files, below `host/` and `plugin/`. */
  readonly files: readonly ProjectFile[];
  /** The plugin, where it is not one of the Go files. */
  readonly plugin:
    | { readonly kind: 'go' }
    | { readonly kind: 'c' | 'rust' | 'wat'; readonly source: string }
    | { readonly kind: 'wasm'; readonly bytes: Uint8Array };
  /** `go.mod` and `go.sum` of the examples: the same Go, the same wazero. */
  readonly goMod: string;
  readonly goSum: string;
  /** The last run as text; undefined if there was none. */
  readonly transcript: string | undefined;
}

/** So that equal files make equal archives. ZIP can't tell of a time before 1980. */
const NO_TIME = new Date(1980, 0, 1);

const TRANSCRIPT = 'transcript.txt';

/** Commands that make the plugin's file, one a line. */
function buildCommands({ plugin, name }: ZipContents): readonly string[] {
  switch (plugin.kind) {
    case 'go':
      return [`GOOS=wasip1 GOARCH=wasm go build -o ${name}.wasm ./plugin`];
    case 'c':
      return [`clang --target=wasm32-wasi -Os -o ${name}.wasm plugin/main.c`];
    case 'rust':
      return [`rustc --target=wasm32-wasip1 -O -o ${name}.wasm plugin/main.rs`];
    case 'wat':
      return [`wat2wasm plugin/main.wat -o ${name}.wasm`];
    case 'wasm':
      return [];
  }
}

/** The Go runtime's words (runtime/proc.go, checkdead). */
const DEADLOCK = 'all goroutines are asleep - deadlock!';

function readme(contents: ZipContents): string {
  const { name, plugin, transcript } = contents;
  const lines = [
    `# ${name}`,
    '',
    words.readme.about,
    '',
    words.readme.then(words.readme.needs[plugin.kind]),
    '',
    '```sh',
    ...buildCommands(contents),
    `go run ./host ${name}.wasm`,
    '```',
    '',
    words.readme.stdin,
  ];
  if (plugin.kind === 'go') {
    lines.push('', words.readme.powerShell, '', '```powershell');
    lines.push('$env:GOOS = "wasip1"; $env:GOARCH = "wasm"', `go build -o ${name}.wasm ./plugin`);
    lines.push('Remove-Item Env:GOOS, Env:GOARCH', '```');
  }
  if (transcript !== undefined) lines.push('', words.readme.lastRun(TRANSCRIPT));
  if (transcript?.includes(DEADLOCK) === true) {
    lines.push(words.readme.deadlock('CGO_ENABLED=0', 'go run'));
  }
  return `${lines.join('\n')}\n`;
}

/** A zip file with a Go module that builds and runs at home. */
export function zipProject(contents: ZipContents): Uint8Array<ArrayBuffer> {
  const { name, files, plugin, goMod, goSum, transcript } = contents;
  const texts = new Map(files.map(({ path, text }) => [`${targetOf(path)}/${nameOf(path)}`, text]));
  texts.set('go.mod', goMod.replace(/^module .*$/mu, `module example.com/${name}`));
  texts.set('go.sum', goSum);
  texts.set('README.md', readme(contents));
  if (plugin.kind === 'c') texts.set('plugin/main.c', plugin.source);
  if (plugin.kind === 'rust') texts.set('plugin/main.rs', plugin.source);
  if (plugin.kind === 'wat') texts.set('plugin/main.wat', plugin.source);
  if (transcript !== undefined) texts.set(TRANSCRIPT, transcript);
  const entries = [...texts].map(([path, text]) => [`${name}/${path}`, strToU8(text)] as const);
  const archive: Record<string, Uint8Array> = Object.fromEntries(entries);
  if (plugin.kind === 'wasm') archive[`${name}/${name}.wasm`] = plugin.bytes;
  return zipSync(archive, { mtime: NO_TIME, level: 6 });
}
