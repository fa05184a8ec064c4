/** What a call of `poll_oneoff` waits for, in the lanes and the table of a timeline. */
export const words = {
  sleep: (ms: number): string => `${String(ms)} ms`,
  time: 'until a time',
  read: (fd: number): string => `read fd ${String(fd)}`,
  write: (fd: number): string => `write fd ${String(fd)}`,
  unknown: (tag: number): string => `unknown ${String(tag)}`,
};
