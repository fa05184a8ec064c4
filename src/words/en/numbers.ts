/** How numbers, lengths of time and lists are written. The other tables use this one. */

const LOCALE = 'en';

const whole = (n: number): string => n.toLocaleString(LOCALE);
const fixed = (n: number, digits: number): string => n.toFixed(digits);
const seconds = (ms: number, digits: number): string => `${fixed(ms / 1000, digits)} s`;
const milliseconds = (ms: number, digits: number): string => `${fixed(ms, digits)} ms`;

export const words = {
  whole,
  fixed,
  /** With a minus sign, which is no hyphen. */
  signed: (n: number): string => `${n < 0 ? '−' : ''}${String(Math.abs(n))}`,
  /** @param many is said of 0, and of all but 1 */
  count: (n: number, one: string, many: string): string => `${whole(n)} ${n === 1 ? one : many}`,
  list: (parts: readonly string[]): string => parts.join(', '),
  seconds,
  milliseconds,
  /** A length of time, with as many digits as a reader can use. */
  duration: (ms: number): string => {
    if (ms < 0.05) return milliseconds(0, 0);
    if (ms < 9.95) return milliseconds(ms, 1);
    if (ms < 999.5) return milliseconds(ms, 0);
    return seconds(ms, ms < 9995 ? 2 : 1);
  },
  /** A moment of a run, of which it gives the milliseconds since its start. */
  moment: (ms: number): string => seconds(ms, 3),
};
