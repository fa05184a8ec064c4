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

const NEEDS = {
  go: 'You need Go; it fetches the version that go.mod asks for.',
  c: 'You need Go, clang, lld and wasi-libc.',
  rust: 'You need Go, and Rust with its target wasm32-wasip1 (wasm32-wasi before Rust 1.78).',
  wat: 'You need Go, and wat2wasm from wabt.',
  wasm: 'You need Go. The plugin is in the folder, as it was in the page.',
} satisfies Record<ZipContents['plugin']['kind'], string>;

function readme(contents: ZipContents): string {
  const { name, plugin, transcript } = contents;
  const lines = [
    `# ${name}`,
    '',
    'A host that runs a WebAssembly plugin with wazero, as it was edited on “Block or EOF?”.',
    '',
    `${NEEDS[plugin.kind]} Then, in this folder:`,
    '',
    '```sh',
    ...buildCommands(contents),
    `go run ./host ${name}.wasm`,
    '```',
    '',
    'What you type is the host’s stdin. Ctrl-D on a line of its own closes it; on Windows, Ctrl-Z and Enter.',
  ];
  if (plugin.kind === 'go') {
    lines.push('', 'In PowerShell, the plugin is built so:', '', '```powershell');
    lines.push('$env:GOOS = "wasip1"; $env:GOARCH = "wasm"', `go build -o ${name}.wasm ./plugin`);
    lines.push('Remove-Item Env:GOOS, Env:GOARCH', '```');
  }
  if (transcript !== undefined) lines.push('', 'The last run in the page is in `transcript.txt`.');
  if (transcript?.includes('all goroutines are asleep - deadlock!') === true) {
    lines.push(
      'It ended in a deadlock. On Linux with a C compiler, the host hangs without a word instead: put `CGO_ENABLED=0`',
      'before `go run`, and Go reports it.',
    );
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
  if (transcript !== undefined) texts.set('transcript.txt', transcript);
  const entries = [...texts].map(([path, text]) => [`${name}/${path}`, strToU8(text)] as const);
  const archive: Record<string, Uint8Array> = Object.fromEntries(entries);
  if (plugin.kind === 'wasm') archive[`${name}/${name}.wasm`] = plugin.bytes;
  return zipSync(archive, { mtime: NO_TIME, level: 6 });
}
