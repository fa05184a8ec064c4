/** What goes wrong with the Go toolchain, by the code that its worker sends; and what the page itself finds wrong with it. */
import { words as numbers } from '../numbers.ts';

const TRY_AGAIN = 'Check the connection and try again, or reload the page, since the site may have been updated.';

const brokeDown = (why: string): string =>
  `The Go toolchain broke down: ${why}. Try again; if it stays so, report it with the program.`;

export const words = {
  faults: {
    'part-unreachable': ({ file }: { readonly file: string }): string =>
      `Could not load ${file}: the network did not answer. ${TRY_AGAIN}`,
    'part-refused': ({ file, status }: { readonly file: string; readonly status: number }): string =>
      `Could not load ${file}: expected status 200, found ${String(status)}. ${TRY_AGAIN}`,
    'part-damaged': ({ file, detail }: { readonly file: string; readonly detail: string }): string =>
      `Could not load ${file}: it arrived damaged, or not at all (${detail}). ${TRY_AGAIN}`,
    'part-incomplete': ({
      file,
      expected,
      found,
    }: {
      readonly file: string;
      readonly expected: number;
      readonly found: number;
    }): string =>
      `Could not load ${file}: expected ${numbers.whole(expected)} bytes in it, ` +
      `found ${numbers.whole(found)}. ${TRY_AGAIN}`,
    'out-of-memory': ({ detail }: { readonly detail: string }): string =>
      `The Go toolchain ran out of memory (${detail}). Close other tabs, then try again.`,
    'compiler-broke-down': ({ status, said }: { readonly status: number; readonly said: string }): string =>
      brokeDown(`the compiler broke down (exit status ${String(status)}): ${said}`),
    'program-cut-off': (): string => brokeDown('expected a number (LEB128), found the end of the program'),
    'program-without-memory': (): string =>
      brokeDown('expected a program with one memory without a largest size, found none; rebuild the toolchain'),
    'stack-overflow': ({ detail }: { readonly detail: string }): string =>
      `The Go toolchain’s stack overflowed (${detail}): the file nests deeper than this browser lets a worker go.`,
    'broke-down': ({ detail }: { readonly detail: string }): string => brokeDown(detail),
  },
  workerBrokeDown: (detail: string): string => `The Go toolchain broke down: ${detail}. Try again.`,
  workerMissing:
    'Could not load the Go toolchain’s worker. Check the connection and try again, or reload the page, since the site may have been updated.',
  ended: 'The compile took long, and was ended: the program is another now. Press Run again.',
  closed: 'The Go toolchain was closed. Press Edit again.',
  unexpectedAnswer: (type: string): string =>
    `The Go toolchain answered “${type}”, which was not asked. Reload the page.`,
};
