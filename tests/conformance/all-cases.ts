import { directoryCases } from './cases/directories.ts';
import { fileCases } from './cases/files.ts';
import { processCases } from './cases/process.ts';
import { rightsCases } from './cases/rights.ts';
import { stdioCases } from './cases/stdio.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** Everything that is asked of the imports. */
export const allCases: readonly ConformanceCase[] = [
  ...stdioCases,
  ...processCases,
  ...fileCases,
  ...directoryCases,
  ...rightsCases,
];
