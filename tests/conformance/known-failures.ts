/** What the specification asks and the engine does not do, on purpose. Whoever makes one of these pass, removes it here. */
export interface KnownFailure {
  /** The name of the case. */
  readonly name: string;
  readonly reason: string;
  /** Where that is discussed. */
  readonly upstream: string;
}

export const knownFailures: readonly KnownFailure[] = [
  {
    name: 'proc_raise: ends the program with a signal whose default action that is',
    reason:
      'A WebAssembly program has no signals; the function was taken out of WASI after preview1. wazero answers ENOSYS too.',
    upstream: 'https://github.com/WebAssembly/WASI/pull/136',
  },
  {
    name: 'clock_time_get: tells the CPU time of the process',
    reason: 'Neither a page nor a worker can ask for its CPU time; the clock was taken out of WASI after preview1.',
    upstream: 'https://github.com/WebAssembly/WASI/pull/197',
  },
  {
    name: 'clock_time_get: tells the CPU time of the thread',
    reason: 'Neither a page nor a worker can ask for its CPU time; the clock was taken out of WASI after preview1.',
    upstream: 'https://github.com/WebAssembly/WASI/pull/197',
  },
];
