/** How many random cases the fuzz tests of tests/unit run; `FUZZ_TIMES` multiplies them. */

/** Cases of each property; `fuzz-cases.test.ts` checks that they add up to 100,000. */
export const CASES = {
  'byte queue': 20_000,
  'line buffer': 10_000,
  'output pump': 15_000,
  'output pump over 4 GiB': 1000,
  'poll subscriptions': 10_000,
  'service worker stdin': 7000,
  'shared ring, reader interrupted': 12_000,
  'shared ring, writer interrupted': 7000,
  'shared ring, two threads': 300,
  'shared ring, killed threads': 10,
  'stdin by messages': 10_000,
  'stdin by shared memory': 8000,
  'stdin by a real port': 300,
  'wasi memory': 12_000,
} as const;
