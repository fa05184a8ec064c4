import { words as numbers } from './numbers.ts';

const { count, whole } = numbers;

/** What is said of a run's output, of which the log keeps the end. */
export const words = {
  /** @param isCut the first line that is still there has lost its start */
  wentBy: (lines: number, isCut: boolean): string => {
    const earlier = count(lines, 'earlier line', 'earlier lines');
    if (!isCut) return `… ${earlier} went by`;
    return lines === 0 ? '… the start of this line went by' : `… ${earlier} and the start of this line went by`;
  },
  /** Read aloud before the last lines of many. */
  skipped: (lines: number): string => `${whole(lines)} lines, and then:`,
};
