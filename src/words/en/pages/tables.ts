/** What the tables of recorded data say around it. What is recorded itself is in src/data/. */
import { words as numbers } from '../numbers.ts';

const number = numbers.whole;

/** Names of programs, each as code. */
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

export const words = {
  matrix: {
    /** By what was recorded. */
    marks: { waits: 'waits', EOF: 'EOF' },
    nothing: 'does not apply',
    nativelyOnly: 'natively only',
    inNode: 'as in the page, in Node:',
    versions: (versions: readonly string[]) =>
      `Recorded with ${versions.map((version) => `{${version}}`).join(', ')}. wazero’s compiler and its interpreter gave the same in every cell, or there would be no record. The tests of this site run it all again, natively with both and on the page’s engine, and name each cell that differs.`,
  },

  errors: {
    reads: 'Read returns',
    writes: 'Write returns',
    columns: { wasi: 'The call gives', go: 'Go says', c: 'C says', rust: 'Rust says' },
  },

  linux: {
    differences: 'Each difference, explained',
    seenBy: (programs: readonly string[]) => `Seen by ${codes(programs)}.`,
    /** By what stdin is. */
    kinds: {
      pipe: {
        heading: 'Stdin is a pipe',
        about: 'Another program writes to it when it is asked to. Stdout is a pipe too.',
      },
      terminal: {
        heading: 'Stdin is a terminal',
        about: 'On Linux, a terminal as it comes, without an echo. Stdout is the terminal too.',
      },
      nothing: {
        heading: 'Stdin is nothing',
        about: 'On Linux, /dev/null. Nobody writes, whatever the program asks for.',
      },
      bytes: {
        heading: 'Stdin is a file',
        about: 'All that the program will ask for is in it from the start.',
      },
    },
    /** Where a program ran, as the heading of a column and in a sentence, without what its stdin was wired to. */
    worlds: {
      engine: { name: 'Engine', alike: (count: number) => `${String(count)} on the engine` },
      wazero: { name: 'wazero', alike: (count: number) => `${String(count)} in wazero` },
      page: { name: 'wazero in the page', alike: (count: number) => `${String(count)} in wazero in the page` },
    },
    wiredTo: (world: string, wiring: string) => `${world} with \`${wiring}\``,
    alike: (count: number, worlds: readonly string[]) =>
      `Of ${String(count)} observations, as on Linux are: ${worlds.join(', ')}.`,
    observation: 'Observation',
    same: 'same',
    why: (place: number) => `Why: difference ${String(place)}`,
    versions: 'Versions',
    recordedWith: (versions: readonly string[]) =>
      `Recorded with ${versions.map((version) => `{${version}}`).join(', ')}. The tests of this site run all programs again and compare every value, with the versions that they find.`,
  },

  /** One plugin on several hosts. */
  hosts: {
    host: 'Host',
    names: {
      'wazero-file': 'wazero, `os.Stdin`',
      'wazero-value': 'wazero, a Go reader',
      'wasmtime-path': '{wasmtime}, `stdin_file`',
      'wasmtime-inherit': '{wasmtime}, `inherit_stdin`',
      'node-wasi': '`node:wasi`',
      shim: '{browser_wasi_shim}',
      engine: 'this site’s engine',
    },
    /** By what stdin is. */
    kinds: { unset: 'Not set', empty: 'An empty file', line: 'A file with a line', fifo: 'A pipe' },
    absent: 'this host takes no such stdin',
    /** What a session came to. */
    outcomes: {
      waits: 'waits',
      EOF: 'EOF',
      line: 'reads the line',
      ready: 'poll: ready',
      'not-yet': 'poll: nothing yet',
      'poll-failed': 'poll: failed',
      nothing: 'reads nothing',
      ran: 'goroutine ran',
      stood: 'goroutine stood still',
      endless: 'prints without end',
    },
    status: (status: number) => `status ${String(status)}`,
    sessions: 'The recorded sessions',
    /** @param names each is a sentence of its own, from `names` */
    alike: (names: readonly string[]) => names.join('; '),
    versions: (versions: readonly string[]) =>
      `Recorded with ${versions.map((version) => `{${version}}`).join(', ')}. The tests of this site play every session again, with these versions.`,
  },

  ranWhere: {
    version: (version: string) => `Version ${version}. A cell names the plugins that ran as recorded.`,
    table: (browser: string) => `What ran in ${browser}`,
    example: 'Example',
    transports: { jspi: 'JSPI', 'shared-memory': 'Shared memory', 'service-worker': 'Service worker' },
    differs: (language: string) => `${language} differs`,
    plugins: (plugins: readonly string[]) => plugins.join(', '),
    notRun: 'not run',
  },

  verified: {
    versions: 'Versions',
    versionsAbout:
      'The sessions were recorded, and the programs that run in the page were built, with these. Rebuilding the programs gives the same bytes, and a test does that.',
    counts: 'Counts',
    examples: (examples: number, inPage: number) =>
      `*${number(examples)} examples*, of which ${number(inPage)} run in the page. The others are recordings.`,
    plugins: (plugins: number) =>
      `*${number(plugins)} plugins* in Go, C and Rust. All plugins of an example play the same session.`,
    lines: (lines: number, inPage: number) =>
      `*${number(lines)} lines* in the recorded sessions. Each is compared natively; the ${number(inPage)} of the examples that run in the page also in browsers.`,
    calls: (calls: number) =>
      `*${number(calls)} calls* in the recorded traces. Each is compared natively, but for its times.`,
    shown: (places: number) =>
      `*${number(places)} places* on these pages show one of these files: a sandbox, a recording, a listing.`,
    citations: (places: number) =>
      `*${number(places)} places* in wazero’s source are cited. A test compares each with the source.`,
    browsers: 'Browsers',
    plays: (plays: number, passed: number) =>
      `Of ${number(plays)} sessions that were played into a browser, ${number(passed)} came out as recorded. [Each of them] has its own line.`,
    deep: 'At full length',
    deepAbout: (run: {
      readonly date: string;
      readonly commit: string;
      readonly seed: number;
      readonly passed: number;
      readonly failed: number;
      readonly plays: number;
      readonly cases: number;
    }) =>
      `A change is tested with samples of what is long. On [${run.date}] all of it was tested, of \`${run.commit}\`, with the seed ${String(run.seed)}: ${number(run.passed)} tests passed, ${number(run.failed)} failed. ${number(run.plays)} sessions were played into browsers, and the properties were tried with ${number(run.cases)} random cases.`,
    commit: 'The commit',
    noCommit: 'This site was built from files without a history, so there is no commit to name.',
    builtFrom: (commit: string, date: string) =>
      `This site was built from \`${commit}\`, which was committed on [${date}].`,
  },

  goReports: {
    besides: 'Besides the plugin that waits',
    cgo: 'with cgo',
    noCgo: 'with `CGO_ENABLED=0`',
    sigquit: 'To SIGQUIT, Go says',
    note: 'On your machine',
    noteAbout:
      '*On your machine* it may hang in silence. On Linux with a C compiler, a plain `go run` of this host says nothing. Put `CGO_ENABLED=0` in front, as in `CGO_ENABLED=0 go run ./host plugin.wasm`, and Go speaks. Or press Ctrl-\\: on Unix, that ends the host and prints its goroutines. [When Go reports a deadlock]',
  },
} as const;
