import { words as numbers } from './numbers.ts';

const { count, duration, list, moment, whole } = numbers;

const bytes = (n: number): string => count(n, 'byte', 'bytes');
const calls = (n: number): string => count(n, 'call', 'calls');
const place = (index: number, of: number): string => `${String(index)} of ${String(of)}`;
const after = (inStdin: number): string => `${bytes(inStdin)} in stdin after it`;

/** A row that is described: its place among the others, when it began, and whose it is. */
interface DescribedRow {
  readonly index: number;
  readonly of: number;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  /** Bytes on their way when it was over. */
  readonly inStdin: number;
}

/** What the lanes, the table and the copied text say; the same words in all three. */
export const words = {
  bytes,
  calls,
  quoted: (text: string, isCut: boolean): string => `“${text}${isCut ? '…' : ''}”`,
  you: 'you',
  host: 'host',
  plugin: 'plugin',
  stdin: 'stdin',
  stdout: 'stdout',
  pipedStdout: 'stdout: a pipe',
  readsInput: 'reads your input',
  exited: (status: number): string => `exited ${String(status)}`,
  eofs: (n: number): string => `EOF ×${whole(n)}`,
  startUpCalls: (n: number): string => `${whole(n)} start-up ${n === 1 ? 'call' : 'calls'}`,
  pluginNumber: (module: number): string => `plugin ${String(module)}`,
  /** What a call came to, and what is said beside it. */
  results: {
    open: 'waiting',
    neverReturned: 'never returned',
    exit: (status: number): string => `exit ${String(status)}`,
    broken: 'broke down',
    errno: (errno: number): string => `errno ${String(errno)}`,
    eof: '0 bytes = EOF',
    ok: 'ok',
    /** @param data what was moved, in quotation marks */
    withData: (result: string, data: string): string => `${result} ${data}`,
    /** @param kinds calls that are told together */
    withKinds: (result: string, kinds: string): string => `${result}: ${kinds}`,
  },
  args: {
    /** How much fits into each buffer. */
    room: (sizes: readonly number[]): string => `up to ${sizes.map(whole).join(' + ')}`,
    polled: list,
    of: (call: string, args: string): string => `${call} ${args}`,
  },
  /** Calls of one kind that came to the same. */
  kinds: {
    data: (call: string, n: number): string => `${call} ×${whole(n)} with data`,
    eof: (call: string, n: number): string => `${call} ×${whole(n)} = EOF`,
    done: (call: string, n: number): string => `${call} ×${whole(n)}`,
    error: (call: string, n: number): string => `${call} ×${whole(n)} with an error`,
    exit: (call: string, n: number): string => `${call} ×${whole(n)}`,
    broken: (call: string, n: number): string => `${call} ×${whole(n)} broke down`,
  },
  allKinds: list,
  folds: {
    'start-up': 'start-up of the plugin’s language',
    upkeep: 'upkeep of the plugin’s language',
    flood: 'too many to show each',
    earlier: 'earlier calls',
  },
  foldedCalls: (n: number, kinds: string): string => `${calls(n)}: ${kinds}`,
  callWaits: (call: string, ms: number): string => `waiting in ${call}, ${duration(ms)}`,
  callInShort: (call: string, ms: number): string => `${call} ${duration(ms)}`,
  callTook: (call: string, ms: number, result: string): string => `${call} took ${duration(ms)}: ${result}`,
  callWaited: (call: string, ms: number, result: string): string => `${call} waited ${duration(ms)}: ${result}`,
  wrote: (result: string): string => `wrote ${result}`,
  /** What the reader did. */
  acts: {
    typed: (text: string): string => `typed ${text}`,
    typedBytes: (text: string, n: number): string => `${text} ${bytes(n)}`,
    closed: 'closed stdin',
    closedInShort: 'closed',
    stopped: 'stopped the run',
    stoppedInShort: 'stopped',
  },
  /** What the plugin's stdin is. */
  streams: {
    nothing: 'stdin: nothing',
    buffer: 'stdin: bytes.Buffer',
    pipe: 'stdin: io.Pipe',
    terminal: 'stdin: os.Stdin',
    unknown: 'stdin',
  },
  /** Who holds which end of it. */
  ends: {
    of: (stream: string, ends: string): string => `${stream}: ${ends}.`,
    nothing: 'nothing: every read is EOF',
    buffer: 'a piece of memory: empty means EOF, whoever may write later',
    pipe: {
      open: 'the host holds the writing end; the plugin reads from the other',
      closed: 'the host has closed the writing end; the plugin reads from the other',
    },
    pipeAfterRun: {
      open: 'the host holds the writing end; nobody reads any more',
      closed: 'the host has closed the writing end; nobody reads any more',
    },
    terminal: { open: 'you hold the writing end', closed: 'you have closed the writing end' },
    unknown: { open: 'open', closed: 'closed' },
  },
  starting: 'The host starts, and wazero compiles the plugin.',
  /** A moment: what the plugin is in or was in, and what is on its way to it. */
  moments: {
    open: (at: number, plugin: string, inStdin: number): string =>
      `${moment(at)}: ${plugin}. stdin is open, ${bytes(inStdin)} in it.`,
    closed: (at: number, plugin: string, inStdin: number): string =>
      `${moment(at)}: ${plugin}. stdin is closed, ${bytes(inStdin)} in it.`,
    noCall: 'the plugin has made no call yet',
    inCall: (who: string, what: string, since: number): string => `${who} in ${what} since ${moment(since)}`,
    afterCall: (who: string, what: string, result: string): string => `${who} after ${what}: ${result}`,
  },
  rows: {
    act: ({ index, of, at, who, what, inStdin }: DescribedRow): string =>
      `${place(index, of)}: at ${moment(at)} ${who} ${what}. ${after(inStdin)}.`,
    call: ({ index, of, at, who, what, inStdin }: DescribedRow, took: string, result: string): string =>
      `${place(index, of)}: at ${moment(at)} ${who} ${what}, took ${took}: ${result}. ${after(inStdin)}.`,
  },
  /** Heads of the table's columns, on the page and as text. */
  columns: ['At', 'Who', 'What', 'Took', 'Result'],
  textColumns: ['at', 'who', 'what', 'took', 'result'],
  heading: 'Timeline',
  label: (title: string): string => `Timeline of ${title}`,
  callsOf: (title: string): string => `Calls of ${title}`,
  controls: {
    moment: 'Moment',
    previous: 'Previous call',
    next: 'Next call',
    replay: 'Replay',
    pause: 'Pause',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Whole run',
    save: 'Save as SVG',
    copy: 'Copy as text',
  },
  copied: 'Copied the session and its calls as text.',
  notCopied: 'Could not copy: the browser did not allow it. Select the table and copy it.',
  /** What it is of: beside its heading, in what is copied, and in a picture. */
  facts: {
    titled: (title: string, facts: string): string => `${title}, ${facts}`,
    pluginIn: (language: string): string => `${language} plugin`,
    live: (plugin: string, wazero: string): string => `${plugin}, wazero ${wazero}, in this page`,
    recordedTitle: (title: string): string => `${title}, recorded`,
    recorded: (language: string, system: string, wazero: string, command: string): string =>
      `${language} plugin, recorded on ${system} with wazero ${wazero} by “${command}”`,
  },
  recordings: {
    noAnswer: 'Could not load the recording: the network did not answer. Check the connection and try again.',
    noPlugin: (language: string): string => `Expected a recording with the plugin in ${language}, found none.`,
  },
  /** Where two runs of one plugin part. */
  parting: {
    parts: (call: number, left: string, right: string): string => `Call ${String(call)} parts them. ${left} ${right}`,
    neverReturned: (stream: string, call: string, ms: number): string =>
      `With ${stream}, ${call} waited ${duration(ms)} and never returned.`,
    waits: (stream: string, call: string): string => `With ${stream}, ${call} waits.`,
    waited: (stream: string, call: string, ms: number, result: string): string =>
      `With ${stream}, ${call} waited ${duration(ms)}, then returned ${result}.`,
    atOnce: (stream: string, call: string, result: string): string =>
      `With ${stream}, ${call} returned ${result} at once.`,
    noCall: 'Neither plugin has made a call yet.',
    sameSoFar: (n: number): string => `So far both do the same: ${String(n)} ${n === 1 ? 'call' : 'calls'}.`,
  },
};
