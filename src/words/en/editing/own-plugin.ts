/** The editor in the playground: what can be chosen, and what is said of a reader's own .wasm file and of WAT. */
import { words as numbers } from '../numbers.ts';

const bytes = (count: number): string => (count === 1 ? '1 byte' : `${String(count)} bytes`);

const megabytes = (count: number): string => `${numbers.fixed(count / 1e6, 1)} MB`;

export const words = {
  hostSummary: 'A host that gives its plugin its own stdin, stdout and stderr.',
  reading: (file: string, percent: number, size: number): string =>
    `Reading ${file}: ${String(percent)} % of ${megabytes(size)}.`,
  checkingFile: (file: string, percent: number, size: number): string =>
    `Looking at ${file}: ${String(percent)} % of ${megabytes(size)}.`,
  unreadable: (file: string, detail: string): string =>
    `${file} could not be read: ${detail} It may have been changed or moved meanwhile: choose it again.`,
  chooseFile: 'Choose a file. It is read here, and sent nowhere.',
  assembles: (file: string, about: string): string => `${file} assembles. ${about}`,
  isPlugin: (file: string, about: string): string => `${file} is a plugin. ${about}`,
  isNoPlugin: (file: string, why: string): string => `${file} is no plugin. ${why}`,
  exampleGone: (example: string): string =>
    `The example “${example}” is no longer on this site, or has another name: its program is shown as it was.`,
  goneKept: 'This browser keeps edits of examples that are no longer on this site, or have other names:',
  openGone: (example: string): string => `Open your edits of ${example}`,
  /** For the timeline's heading; other plugins' names are in the editor's table. */
  ownPlugin: 'own plugin',

  doesNotAssemble: 'The plugin does not assemble.',
  /** The assembler's own stack is used up. */
  nestedTooDeep: (levels: number): string =>
    `The plugin does not assemble: its parentheses are nested ${numbers.whole(levels)} deep, and the assembler here gives up at some thousands. Nest them less.`,
  assemblerBroke: (detail: string): string =>
    `The assembler broke down (${detail}). Take a part of the text away and try again.`,
  doesNotAssembleAt: (line: number, file: string): string =>
    `The plugin does not assemble: look at line ${String(line)} of ${file}.`,

  /** Why a file can't be a plugin. */
  refusals: {
    tooShort: (count: number): string =>
      `Expected a WebAssembly module, found a file of ${bytes(count)}. Choose the file that your compiler wrote.`,
    isText: 'Expected a WebAssembly module, found its text form. Choose “WAT” as the plugin to assemble it here.',
    isOther: (found: string, howToBuild: string): string =>
      `Expected a WebAssembly module, found ${found}. ${howToBuild}`,
    cutOff: (expected: number, found: number): string =>
      `The file is cut off: expected at least ${numbers.whole(expected)} bytes, found ${numbers.whole(found)}. ` +
      'Build or copy it again.',
    isComponent: (howToBuild: string): string =>
      `Expected a core module, found a component, which wazero does not run. ${howToBuild}`,
    otherVersion: (found: number, howToBuild: string): string =>
      `Expected version 1 of WebAssembly, found ${String(found)}. ${howToBuild}`,
    damaged: (detail: string): string => `This module is damaged, or needs what this browser does not have: ${detail}`,
    sectionEnds: (at: number): string =>
      `This module is damaged: something in it goes on behind byte ${numbers.whole(at)}, where its section ends. Build or copy it again.`,
    foreignThing: (kind: string, name: string, module: string, hint: string): string =>
      `The module imports the ${kind} “${name}” from “${module}”, which the hosts here do not offer. ${hint}`,
    foreignImport: (name: string, module: string, hint: string): string =>
      `The module imports “${name}” from “${module}”, and the hosts here offer WASI preview1 only. ${hint}`,
    unknownImport: (name: string, howToBuild: string): string =>
      `The module imports “${name}” from WASI preview1, which has no such function. ${howToBuild}`,
  },
  /** What else people have at hand. */
  otherFiles: {
    elf: 'a program for Linux (ELF)',
    windows: 'a program for Windows',
    macho: 'a program for macOS (Mach-O)',
    gzip: 'a file packed with gzip',
    zip: 'a zip file',
    ar: 'an archive of object files',
  },
  otherFile: (start: string): string => `a file that begins with “${start}”`,
  howToBuild: (go: string, clang: string, rustc: string): string =>
    `Build it for WASI preview1: ${go}, ${clang}, or ${rustc}.`,
  /** What to do with a module that was built for something else. */
  otherTargets: {
    js: (built: string, build: string): string => `It was built with ${built}; build it with ${build}.`,
    oldWasi: (build: string): string => `It was built for an older WASI; build it for ${build}.`,
    newWasi: (build: string): string => `It was built for WASI 0.2, which wazero does not run; build it for ${build}.`,
    bindgen: (build: string): string =>
      `It was built with wasm-bindgen, and wants its own JavaScript host; build it for ${build}.`,
    emscripten:
      'It was built with Emscripten, and wants its own JavaScript host: run it with the .js file beside it, or build it with wasi-sdk.',
    threads: 'It uses threads of WASI, which wazero does not start: build it without them, without -pthread.',
    other: 'Its own host makes that; build it without this import.',
  },
  kinds: { table: 'table', memory: 'memory', global: 'global', tag: 'tag' },

  /** What no setting of wazero switches on, and the way out. */
  missing: {
    gc: 'It uses garbage collection (WasmGC), which wazero does not run. Compilers of Kotlin, Dart and OCaml write it: run it in a browser, in Node or in Wasmtime.',
    memory64: 'It has a memory with addresses of 64 bits (memory64), which wazero does not run. Build it for wasm32.',
    'multi-memory':
      'It has more than one memory (multi-memory), which wazero does not run. Build it with one, or make one of them: wasm-opt --multi-memory-lowering.',
    'relaxed-simd':
      'It uses relaxed SIMD, which wazero does not run. Build it without: without -mrelaxed-simd for clang, with -C target-feature=-relaxed-simd for rustc.',
    'legacy-exceptions':
      'It uses exceptions in their old form, which wazero does not run. Translate them with wasm-opt --translate-to-exnref, or build it with -mllvm -wasm-use-legacy-eh=false.',
  },
  /** What a host can switch on. */
  features: {
    exceptions: 'exceptions (exception-handling)',
    'tail-call': 'tail calls (tail-call)',
    'extended-const': 'arithmetic in constants (extended-const)',
    threads: 'shared memory and atomics (threads)',
    'function-references': 'typed references to functions (function-references)',
  },

  /** What is told of a file that was taken. */
  own: {
    imports: (names: readonly string[]): string =>
      names.length === 0
        ? 'It imports nothing of WASI.'
        : `It imports ${String(names.length)} of WASI’s functions: ${names.join(', ')}.`,
    unsupported: (names: readonly string[]): string =>
      `wazero answers ${names.join(' and ')} with ENOSYS: not supported.`,
    withoutFiles: (names: readonly string[]): string =>
      `The hosts here give it no files or sockets, so ${names.join(', ')} will fail.`,
    foreign: (names: readonly string[]): string =>
      `It asks its own host for ${numbers.count(names.length, 'function', 'functions')} besides: ${numbers.list(names)}. The hosts here do not offer that, but you can let each return 0.`,
    switchedOff: (features: readonly string[], code: string): string =>
      `It needs ${numbers.list(features)}, which wazero runs only for a host that switches it on: wazero.NewRuntimeConfig().${code}.`,
    isReactor:
      'It is a reactor: it exports _initialize and no _start, so nothing runs until a host calls its functions.',
    isLarge: (size: number): string =>
      `It is large: ${megabytes(size)}. From about 30 MB on the host here tends to run out of memory while wazero prepares the plugin; a native host has more.`,
    needsMemory: (memory: number, limit: number): string =>
      `It asks for ${megabytes(memory)} of memory at its start, and the host here has ${megabytes(limit)} in all; a native host has more.`,
    noStart: 'It exports no _start, so nothing runs when the host instantiates it.',
  },

  /** What the host can be given for a plugin. */
  host: {
    zeros: 'Let these functions return 0',
    features: 'Switch it on in the host',
    both: 'Let these functions return 0, and switch on what it needs',
    changed: (file: string): string => `The host has it now, in ${file}. Run compiles it here.`,
    noPlace: (file: string, found: string): string =>
      `Expected ${found} in ${file}, found none, so nothing was changed. Choose another host, or write it yourself.`,
    noType: (name: string): string =>
      `A host in Go can’t offer “${name}” in a few words: it takes or gives more than numbers. Nothing was changed.`,
    aboutReactors: 'How a host calls a reactor',
  },
};
