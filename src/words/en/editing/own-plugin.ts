/** The editor in the playground: what can be chosen, and what is said of a reader's own .wasm file and of WAT. */
import { words as numbers } from '../numbers.ts';

const bytes = (count: number): string => (count === 1 ? '1 byte' : `${String(count)} bytes`);

export const words = {
  hostSummary: 'A host that gives its plugin its own stdin, stdout and stderr.',
  chooseFile: 'Choose a file. It is read here, and sent nowhere.',
  isPlugin: (file: string, about: string): string => `${file} is a plugin. ${about}`,
  isNoPlugin: (file: string, why: string): string => `${file} is no plugin. ${why}`,
  exampleGone: (example: string): string =>
    `The example “${example}” is no longer on this site, or has another name: its program is shown as it was.`,
  goneKept: 'This browser keeps edits of examples that are no longer on this site, or have other names:',
  openGone: (example: string): string => `Open your edits of ${example}`,
  /** For the timeline's heading; other plugins' names are in the editor's table. */
  ownPlugin: 'own plugin',

  doesNotAssemble: 'The plugin does not assemble.',
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
    bindgen: (build: string): string => `It was built with wasm-bindgen; build it for ${build}.`,
    other: 'Build it without that import.',
  },

  /** What is told of a file that was taken. */
  own: {
    imports: (names: readonly string[]): string =>
      names.length === 0
        ? 'It imports nothing.'
        : `It imports ${String(names.length)} of WASI’s functions: ${names.join(', ')}.`,
    unsupported: (names: readonly string[]): string =>
      `wazero answers ${names.join(' and ')} with ENOSYS: not supported.`,
    withoutFiles: (names: readonly string[]): string =>
      `The hosts here give it no files or sockets, so ${names.join(', ')} will fail.`,
    noStart: 'It exports no _start, so nothing runs when the host instantiates it.',
  },
};
