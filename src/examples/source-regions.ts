/**
 * Regions of a source file, marked by comments that start a line:
 *
 *     // #region name
 *     …
 *     // #endregion name
 *
 * (in Python `# #region name`).
 * A region may consist of several parts, and different regions may overlap, but a region may not contain itself. The
 * marks are stripped before a reader sees the file. The region `key` marks the lines that matter.
 */
import { ExampleError } from './example-error.ts';

/** One line of a file, without the marks. */
export interface SourceLine {
  readonly text: string;
  /** Line in the file on disk, counted from 1. */
  readonly number: number;
  /** Names of the regions it is in. */
  readonly regions: ReadonlySet<string>;
}

const mark = /^\s*(?:\/\/|#)\s*#(?<kind>end)?region\b[ \t]*(?<name>.*)$/u;

/**
 * Splits a file into lines and regions.
 * @param source the file's text
 * @param file its path, for messages
 * @throws ExampleError for a region that is unnamed, not closed, not open, or inside itself; it names file and line
 */
export function parseSourceLines(source: string, file: string): SourceLine[] {
  const lines: SourceLine[] = [];
  /** Open regions and the line that opened each. */
  const open = new Map<string, number>();
  const texts = source.replace(/\n$/u, '').split('\n');

  for (const [index, text] of texts.entries()) {
    const number = index + 1;
    const place = `${file}:${String(number)}`;
    const groups = mark.exec(text)?.groups;
    if (groups === undefined) {
      lines.push({ text, number, regions: new Set(open.keys()) });
      continue;
    }
    const name = groups['name']?.trim() ?? '';
    if (!/^[a-z][a-z0-9-]*$/u.test(name)) {
      throw new ExampleError(place, `expected a region name in kebab-case, found ${JSON.stringify(name)}`);
    }
    const openedAt = open.get(name);
    if (groups['kind'] === undefined) {
      if (openedAt !== undefined) {
        throw new ExampleError(place, `region "${name}" is open since line ${String(openedAt)}; close it first`);
      }
      open.set(name, number);
    } else {
      if (openedAt === undefined) {
        throw new ExampleError(place, `"#endregion ${name}" closes nothing; expected "#region ${name}" above it`);
      }
      open.delete(name);
    }
  }

  for (const [name, line] of open) {
    throw new ExampleError(
      `${file}:${String(line)}`,
      `region "${name}" is not closed; expected "// #endregion ${name}" before the end of the file`,
    );
  }
  return lines;
}
