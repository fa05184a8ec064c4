/** The editor of a program: what can be done in it, what it tells, and what it says of a program that could not be built. */

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** @param more the compiler has stopped there */
const problems = (count: number, more = false): string =>
  `${more ? 'more than ' : ''}${count === 1 ? '1 problem' : `${String(count)} problems`}`;

/** One of the two programs: what is told of it. */
interface TargetWords {
  readonly name: string;
  /** A step that the state line tells. */
  readonly compiling: string;
  readonly doesNotCompile: (problems: number, more: boolean) => string;
  readonly doesNotCompileAt: (problems: number, more: boolean, path: string, line: number) => string;
  readonly importsUnknown: (packages: readonly string[]) => string;
  readonly cannotBeLinked: string;
  readonly hasNoMain: string;
  readonly isOtherPackage: (name: string) => string;
  readonly needsCgo: string;
  readonly nestsTooDeep: string;
  readonly needsMemory: (bytes: number, limit: number) => string;
}

const about = (target: string): TargetWords => ({
  name: target,
  compiling: `compiling the ${target}`,
  doesNotCompile: (count, more) => `The ${target} does not compile: ${problems(count, more)}.`,
  doesNotCompileAt: (count, more, path, line) =>
    `The ${target} does not compile: ${problems(count, more)}, the first in ${path}, line ${String(line)}.`,
  importsUnknown: (packages) =>
    `The ${target} imports ${packages.map((path) => `“${path}”`).join(', ')}, which this page does not have. Below is what it has; at home you can import anything.`,
  cannotBeLinked: `The ${target} compiles, but cannot be linked.`,
  hasNoMain: `The ${target} has no func main, so there is nothing to start. Add one to package main.`,
  isOtherPackage: (name) =>
    `The ${target} is package ${name}, and a program that can be started is package main. Rename it.`,
  needsCgo: `The ${target} imports “C”: that is cgo, which Go does not have for WebAssembly, neither here nor at home. Remove it.`,
  nestsTooDeep: `The ${target} nests deeper than the Go compiler can follow in this browser: its stack overflowed. A native compiler has more room; here, nest less.`,
  needsMemory: (bytes, limit) =>
    `The ${target} needs ${megabytes(bytes)} of memory at its start, and this page gives it ${megabytes(limit)} at most. Make its variables smaller.`,
});

export const words = {
  targets: { host: about('host'), plugin: about('plugin') },
  packageClause: (name: string): string => `package ${name} is no package main`,
  notInPage: (path: string, available: readonly string[]): string =>
    `package ${path} is not in this page; the packages that are: ${available.join(', ')}`,
  cgo: 'import "C" is cgo; there is none for wasip1',
  /** A server's answer to what the editor loads. */
  unexpectedStatus: (status: number): string => `expected status 200, found ${String(status)}`,

  files: 'Files',
  /** Behind a file's name, for those who do not see its marks. */
  fileState: (isChanged: boolean, count: number): string => {
    const marks = [...(isChanged ? ['changed'] : []), ...(count > 0 ? [problems(count)] : [])];
    return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  },
  editorOf: (path: string): string => `Editor of ${path}`,
  keys: 'Tab indents; Escape leaves, and Tab or Shift-Tab then goes on. Ctrl-Enter runs, Shift-Alt-F formats, F8 next problem, Ctrl-F finds.',
  problems: 'Problems',
  addFile: 'Add a file',
  removeFile: 'Remove this file',
  format: 'Format',
  changes: 'Changes',
  reset: 'Reset',
  /** Its whole name is the next one. */
  link: 'Link',
  copyLink: 'Copy a link to this program',
  download: 'Download',
  close: 'Done',

  /** The form that adds a file. */
  adding: { partOf: 'Part of the', name: 'Name', add: 'Add', cancel: 'Cancel' },
  pluginNotGo: 'This plugin is not written in Go here. Choose the Go plugin first, or add the file to the host.',
  removed: (path: string): string => `${path} is removed.`,
  bringBack: 'Bring it back',
  nothingToReset: 'Nothing is changed: this is the example.',
  isReset: 'This is the example again.',
  bringEditsBack: 'Bring my edits back',
  editsAreBack: 'Your edits are back.',

  notChecked: 'Not checked: the Go compiler is not loaded.',
  compilerOnItsWay: 'The Go compiler is on its way.',
  checking: 'Checking.',
  noProblems: (go: string): string => `No problems. Checked by ${go}.`,

  formatsGoOnly: 'gofmt formats Go files only. Choose one.',
  formatting: 'Formatting …',
  cannotFormat: (path: string, line: number, message: string): string =>
    `gofmt can’t read ${path}: line ${String(line)}: ${message}. Correct it first.`,
  changedMeanwhile: 'You changed the file meanwhile. Press Format again.',
  nothingToFormat: 'gofmt has nothing to change.',
  formatted: 'Formatted by gofmt.',

  nothingChanged: 'Nothing is changed.',
  changesOf: (path: string): string => `Changes of ${path}`,
  copied: 'Copied. The link holds your files, and is not sent to a server.',
  notCopied: 'The link is in the address bar: the browser did not let this page copy it.',
  noPluginYet: 'There is no plugin yet. Choose your .wasm file first.',
  downloaded: (file: string): string => `${file} holds a Go module: sources, go.mod, and a README with the commands.`,
  notDownloaded: (detail: string): string => `Could not make the download: ${detail}. Try again.`,

  partNotLoaded:
    'Could not load what does this. Check the connection and try again, or reload the page, since the site may have been updated. Your edits are kept.',

  /** For the timeline's heading; a plugin's name is one of these, or that of the reader's own file. */
  pluginIn: (language: string): string => `${language} plugin`,
  edited: (plugin: string): string => `edited ${plugin}`,
  noPluginIn: (example: string, language: string): string =>
    `${example}: expected a plugin in “${language}”, found none`,

  /** The offer to load the compiler. */
  compiler: {
    asking: 'Asking how large the Go compiler is …',
    notAsked: 'Could not ask for the Go compiler: the network did not answer. Check the connection.',
    offer: (go: string, checkBytes: number, buildBytes: number): string =>
      `You can edit at once. To check and run it, this page needs the real Go compiler, ${go}: ` +
      `first ${megabytes(checkBytes)} for errors while you type, then ${megabytes(buildBytes)} to run it. ` +
      'Your browser keeps it, and nothing you type is sent anywhere.',
    load: (bytes: number): string => `Load the Go compiler (${megabytes(bytes)})`,
    tryAgain: 'Try again',
    tryAgainWith: (bytes: number): string => `Try again (${megabytes(bytes)})`,
    loading: 'Loading the Go compiler',
    loadingBytes: (bytes: number, of: number): string =>
      `Loading the Go compiler: ${megabytes(bytes)} of ${megabytes(of)}`,
    isHere: (go: string): string => `The Go compiler is here, ${go}.`,
  },

  control: (name: string): string => `Control character ${name}`,
  /** What can't be seen, by its code point. */
  controls: {
    0x00: 'null',
    0x07: 'bell',
    0x08: 'backspace',
    0x0a: 'newline',
    0x0b: 'vertical tab',
    0x0d: 'carriage return',
    0x1b: 'escape',
    0x200b: 'zero width space',
    0x200c: 'zero width non-joiner',
    0x200d: 'zero width joiner',
    0x200e: 'left-to-right mark',
    0x200f: 'right-to-left mark',
    0x2028: 'line separator',
    0x2029: 'paragraph separator',
    0x202d: 'left-to-right override',
    0x202e: 'right-to-left override',
    0x2066: 'left-to-right isolate',
    0x2067: 'right-to-left isolate',
    0x2069: 'pop directional isolate',
    0xfeff: 'zero width no-break space',
    0xfffc: 'object replacement',
  },

  /** CodeMirror's own words, by its keys. `$` is what it puts in. */
  codeMirror: {
    close: 'close',
    'Go to line': 'Go to line',
    go: 'go',
    'replaced match on line $': 'replaced match on line $',
    'replaced $ matches': 'replaced $ matches',
    Find: 'Find',
    Replace: 'Replace',
    next: 'next',
    previous: 'previous',
    all: 'all',
    'match case': 'match case',
    regexp: 'regexp',
    'by word': 'by word',
    replace: 'replace',
    'replace all': 'replace all',
    'current match': 'current match',
    'on line': 'on line',
    Diagnostics: 'Diagnostics',
    'No diagnostics': 'No diagnostics',
    '$ unchanged lines': '$ unchanged lines',
    'Selection deleted': 'Selection deleted',
  },
};
