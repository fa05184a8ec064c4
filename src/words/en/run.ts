import { words as numbers } from './numbers.ts';

const { fixed, whole } = numbers;

/** What a run says: its state, how its reads wait, and what is typed. Why it failed or exited is in `failures.ts`. */
export const words = {
  /** The state line. What is read aloud has no number that only grows. */
  states: {
    idle: 'Not started',
    starting: 'starting',
    loading: (percent: number, megabytes: number): string =>
      `loading ${String(percent)} % of ${fixed(megabytes, 1)} MB`,
    loadingAloud: 'loading',
    replaying: 'replaying the recorded session',
    running: 'running',
    quiet: (seconds: number): string => `running, no call for ${fixed(seconds, 1)} s`,
    waiting: (call: string, seconds: number): string => `waiting in ${call}, ${fixed(seconds, 1)} s`,
    waitingAloud: (call: string): string => `waiting in ${call}`,
    hostWaits: 'waiting: the host reads stdin',
    eof: (reads: number): string => `EOF ×${whole(reads)}`,
    eofAloud: 'EOF',
    exited: (status: number): string => `exited ${String(status)}`,
    exitedBecause: (status: number, cause: string): string => `exited ${String(status)} · ${cause}`,
    stopped: 'stopped',
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
