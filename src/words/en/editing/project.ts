/** A reader's program as files: their names, what keeps them, links that bring them, and the download. */
import { words as numbers } from '../numbers.ts';

export const words = {
  badName: (found: string): string =>
    `Expected a letter, then letters, digits and _, then .go, but not _test.go; for example reader.go. Found “${found}”.`,
  isThere: (path: string): string => `${path} is there already. Choose another name.`,
  isFull: (most: number): string => `There are ${String(most)} files, and no room for more. Remove one.`,

  link: {
    tooLarge: (most: number, found: number): string =>
      `Your files are too large for a link: expected at most ${numbers.whole(most)} characters, ` +
      `found ${numbers.whole(found)}. Download them instead.`,
    tooManyBytes: (most: number, found: number): string =>
      `Your files are too large for a link: expected at most ${numbers.whole(most)} bytes, ` +
      `found ${numbers.whole(found)}. Download them instead.`,
    tooLong: (most: number, found: number): string =>
      `Your files do not fit into a link: expected at most ${numbers.whole(most)} characters, ` +
      `found ${numbers.whole(found)}. Download them instead.`,
    needsNewerBrowser: 'This browser cannot read compressed links. Open it in a newer one.',
    damaged: (expected: string, found: string): string =>
      `This link is damaged: expected ${expected}, found ${found}. Nothing of it was taken; ask for the link again.`,
    expected: {
      characters: (most: number): string => `at most ${numbers.whole(most)} characters`,
      bytes: (most: number): string => `at most ${numbers.whole(most)} bytes of text`,
      kind: (prefix: string): string => `"d" or "p" after "${prefix}"`,
      base64url: (prefix: string): string => `base64url after "${prefix}"`,
      deflated: 'deflated text',
      program: 'a program',
      version: (version: number): string => `version ${String(version)}`,
      example: 'the name of an example',
      plugin: 'the name of a plugin',
      files: (host: string, plugin: string): string => `a list of Go files below ${host} and ${plugin}`,
    },
    found: {
      nothing: 'nothing',
      more: 'more',
      number: numbers.whole,
      quoted: (text: string): string => `"${text}"`,
      notBase64url: 'text that is none',
      notDeflated: 'bytes that can’t be inflated',
      unreadable: 'text that can’t be read',
    },
  },

  /** The README of a download. */
  readme: {
    about: 'A host that runs a WebAssembly plugin with wazero, as it was edited on “Block or EOF?”.',
    /** By what the plugin is. */
    needs: {
      go: 'You need Go; it fetches the version that go.mod asks for.',
      c: 'You need Go, clang, lld and wasi-libc.',
      rust: 'You need Go, and Rust with its target wasm32-wasip1 (wasm32-wasi before Rust 1.78).',
      wat: 'You need Go, and wat2wasm from wabt.',
      wasm: 'You need Go. The plugin is in the folder, as it was in the page.',
    },
    then: (needs: string): string => `${needs} Then, in this folder:`,
    stdin: 'What you type is the host’s stdin. Ctrl-D on a line of its own closes it; on Windows, Ctrl-Z and Enter.',
    powerShell: 'In PowerShell, the plugin is built so:',
    lastRun: (file: string): string => `The last run in the page is in \`${file}\`.`,
    deadlock: (variable: string, command: string): string =>
      `It ended in a deadlock. On Linux with a C compiler, the host hangs without a word instead: put \`${variable}\`\n` +
      `before \`${command}\`, and Go reports it.`,
  },
};
