import { words as numbers } from './numbers.ts';

const { fixed, whole } = numbers;

/** A wait that goes on: tenths of a second while they can be read. */
const lasting = (seconds: number): string => `${fixed(seconds, seconds < 10 ? 1 : 0)} s`;
const exited = (status: number): string => `exited ${String(status)}`;
const eofs = (reads: number): string => (reads > 1 ? `EOF ×${whole(reads)}` : 'EOF');

/** What a run says: its state, how its reads wait, and what is typed. Why it failed or exited is in `failures.ts`. */
export const words = {
  /** The chips of plugin and host. What is read aloud has no number that only grows. */
  states: {
    plugin: {
      idle: 'not started',
      starting: 'starting',
      /** Megabytes that cross the wire. */
      loading: (arrived: number, of: number): string => `loading ${fixed(arrived, 1)} of ${fixed(of, 1)} MB`,
      loadingAloud: 'loading',
      compiling: 'compiling',
      replaying: 'replaying the recorded session',
      running: 'running',
      notRunning: 'not running',
      noCall: (seconds: number): string => `no call yet, ${lasting(seconds)}`,
      noCallAloud: 'no call yet',
      computing: (seconds: number): string => `computing ${lasting(seconds)}`,
      waiting: (call: string, seconds: number): string => `waiting in ${call}, ${lasting(seconds)}`,
      waitingAloud: (call: string): string => `waiting in ${call}`,
      neverReturned: (call: string): string => `${call} never returned`,
      eof: eofs,
      readingOn: (reads: number): string => (reads > 1 ? `${eofs(reads)}, reading on` : eofs(reads)),
      readingOnAloud: 'EOF, reading on',
      eofExited: (reads: number, status: number): string => `${eofs(reads)}, exited ${String(status)}`,
      eofThenExited: (reads: number, status: number): string => `${eofs(reads)}, then exited ${String(status)}`,
      eofStopped: (reads: number): string => `${eofs(reads)}, stopped`,
      eofEnded: (reads: number): string => `${eofs(reads)}, ended`,
      exited,
      stopped: 'stopped',
      ended: 'ended',
      didNotStart: 'did not start',
    },
    host: {
      idle: 'not started',
      starting: 'starting',
      compiles: 'compiles the plugin',
      replaying: 'replaying',
      running: 'running',
      reads: 'reads your input',
      inCall: 'in the call',
      waits: 'waits',
      exited,
      exitedBecause: (status: number, cause: string): string => `${exited(status)} · ${cause}`,
      stopped: 'stopped',
    },
  },
  /** How a read waits here. */
  transports: {
    jspi: 'waits by JSPI',
    'shared-memory': 'waits by shared memory',
    'service-worker': 'waits by service worker',
    none: 'nothing in this browser lets a read wait here, so Run replays the recorded session',
    noneInDevelopment:
      'this browser needs the service worker, which the development server does not serve, so Run replays the recorded session; npm run build and npm run preview have it',
  },
  unread: (typed: string): string => `Typed, not read yet: ${typed}`,
};
