/** What the server renders around examples: sandboxes, recordings, lessons, and the frame of the site. */
import { words as numbers } from '../numbers.ts';

export const words = {
  /** The two marks, by state. */
  states: { waiting: 'waiting', ended: 'ended' },

  /** A live run, before its element has said anything. */
  live: {
    run: 'Run',
    stop: 'Stop',
    plugin: 'plugin',
    host: 'host',
    idle: 'not started',
    chip: (actor: string, said: string) => `${actor}: ${said}`,
    /** Whose stdin the field is. */
    typedInto: { host: 'You type into *the host’s stdin*', plugin: 'You type into *the plugin’s stdin*' },
    keys: '`Enter` sends · `Ctrl D` closes',
    /** Goes on from there, where there is room. */
    moreKeys: ' · `Ctrl C` stops',
    send: 'Send',
    closeStdin: 'Close stdin',
  },

  sandbox: {
    live: (title: string) => `Live run of ${title}`,
    log: (title: string) => `Output of ${title}`,
    empty: 'Press Run. What the host prints appears here.',
    language: 'Language of the plugin',
    plugin: (language: string) => `${language} plugin`,
    transport: 'in this page, no server',
    copyLink: 'Copy a link to this run',
    more: 'More',
    showCalls: 'Show its calls',
    wholeFile: 'Show the whole file',
    edit: 'Edit',
  },

  copy: {
    what: (what: string) => `Copy ${what}`,
    /** As it is named where several lines of a file stand without the others. */
    lines: (file: string) => `the lines of ${file}`,
    commands: (language: string) => `the commands for the ${language} plugin`,
  },

  /** What stands below the output and the code, each under a tab of this name. */
  panel: {
    timeline: 'Timeline',
    calls: 'Calls',
    recorded: 'Recorded',
    home: 'At home',
    timelineEmpty: 'Press Run. Who waits for whom appears here, as it happens.',
    callsEmpty: 'Press Run. What the plugin calls appears here, one line each.',
  },

  source: {
    /** In a file's place for lines that are folded. */
    fold: (lines: number) => numbers.count(lines, 'line', 'lines'),
  },

  recording: {
    heading: 'Recorded session',
    of: (title: string) => `Recorded session of ${title}`,
    natively: (wazero: string) => `recorded natively with wazero ${wazero}`,
    /** A sentence of the page follows. */
    nativelyBecause: (wazero: string) => `recorded natively with wazero ${wazero}.`,
    source: (file: string, title: string) => `${file} of ${title}`,
    sources: 'The host and the plugin, whole',
  },

  atHome: {
    heading: 'Run it at home',
    with: (language: string) => `With the ${language} plugin, at home`,
    save: (language: string, files: readonly string[]) =>
      `With the ${language} plugin: in an empty folder, save ${files.map((file) => `\`${file}\``).join(' and ')} as shown here. Then`,
    needs: 'You need Go 1.21 or newer. The lines are for a Unix shell.',
    needsForC: 'You need Go 1.21 or newer, and for C clang with lld and wasi-libc. The lines are for a Unix shell.',
    hangs:
      'On Linux with a C compiler, this host hangs without a word: put `CGO_ENABLED=0` before `go run`, and Go reports the deadlock.',
  },

  transcript: {
    /** What stands before a line, for those who do not see its sign. */
    before: { command: 'command', stdout: 'stdout', stderr: 'stderr', typed: 'typed', exit: 'exit status' },
    label: (word: string) => `${word}: `,
    waiting: 'waiting for input',
    closed: 'stdin closed',
    stopped: 'cut here: it does not stop by itself',
    exited: (status: number) => `exited ${String(status)}`,
    more: (lines: number) => `… ${numbers.whole(lines)} more lines like this`,
    why: 'Why it hangs',
  },

  /** A plugin on a host in JavaScript. */
  direct: {
    live: (title: string) => `Live run: ${title}`,
    log: (title: string) => `Output: ${title}`,
    empty: 'Press Run. What the plugin writes appears here.',
    both: 'Both hosts, together',
    recording: (title: string) => `Recorded session: ${title}`,
    recordedWith: (node: string) => `recorded with Node ${node}`,
    recordedWithSameCode: (node: string) => `recorded with Node ${node}, in the same code`,
  },

  /** The calls of a recorded run. */
  calls: {
    caption: (example: string, language: string) =>
      `The calls of {${example}} with its plugin in ${language}, as recorded natively`,
    call: 'Call',
    into: 'Into',
    took: 'Took',
    cameTo: 'Came to',
    count: (calls: number) => numbers.count(calls, 'call', 'calls'),
    more: (calls: number) => `And ${numbers.count(calls, 'more call', 'more calls')}.`,
    recorded: (example: string, language: string) => `Recorded: \`${example}\`, ${language} plugin`,
    tookSo: (time: string) => `took ${time}`,
  },

  sideBySide: {
    together: (left: string, right: string) => `${left} and ${right}, together`,
    run: 'Run both',
    stop: 'Stop both',
    line: 'Line for both',
    send: 'Send to both',
    close: 'Close both',
  },

  prediction: {
    bet: 'Place your bet.',
    note: 'Press Run to see. Nothing is scored or sent, and you may skip this.',
    recorded: 'What was recorded',
    right: 'as it is',
    wrong: 'not this time',
  },

  challenge: {
    goal: 'Challenge.',
    /** In the text, away from the sandbox that it is about. */
    at: (title: string) => `Challenge in “${title}”.`,
    go: 'Go there',
    begin: 'Press Run to begin.',
    hint: 'A hint',
    next: 'Next puzzle',
  },

  playground: {
    title: 'Your host and your plugin',
    form: 'Host and plugin',
    host: 'Host, which decides what stdin is',
    /** Kinds of stdin that a host can give. */
    kinds: {
      pipe: 'stdin is an io.Pipe',
      buffer: 'stdin is a bytes.Buffer',
      terminal: 'stdin is os.Stdin',
      nothing: 'no stdin',
      several: 'stdin of several kinds',
    },
    ownStart: 'a start of your own',
    start: 'As short as a host can be',
    plugin: 'Plugin',
    ownPlugins: 'of your own',
    goStart: 'Go, a few lines',
    wat: 'WAT, assembled in this page',
    ownFile: 'Your .wasm file',
    languages: { go: 'Go, yours to edit', c: 'C, built beforehand', rust: 'Rust, built beforehand' },
    file: 'Your .wasm file, which stays in this browser',
  },

  site: {
    legend: 'What the marks mean',
    waiting: 'The read has not returned. It is blocked until a byte or the end comes.',
    ended: 'The read returned, with no bytes and no error. That is EOF.',
    colophon: 'MIT licence. [What it contains of others]',
    image: (title: string) =>
      `“${title}”, under the marks of Block or EOF?: a pause for a read that waits, a final bar line for one that has ended.`,
    asText: 'This page as plain text',
  },
} as const;
