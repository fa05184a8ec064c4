/** What a reader is told of a program that could not be built: one sentence, and below it the compiler's own words. */
import type { BuildResult, Diagnostic, Target } from '../../protocol/toolchain.ts';

/** What is wrong at one place, or at none. */
export interface Problem {
  /** Path in the project, e.g. `host/main.go`; undefined if it concerns no file. */
  readonly path: string | undefined;
  /** Counts from 1; 0 if it concerns no line. */
  readonly line: number;
  /** In bytes of UTF-8, counted from 1; 0 if it concerns no place in the line. */
  readonly column: number;
  readonly message: string;
}

/** A program that could not be built. */
export interface BuildFailure {
  /** One sentence for the state line. */
  readonly sentence: string;
  readonly problems: readonly Problem[];
}

/** So many problems, in words. */
export function countProblems(problems: number): string {
  return problems === 1 ? '1 problem' : `${String(problems)} problems`;
}

function problemOf(target: Target, { file, line, column, message }: Diagnostic): Problem {
  return { path: file === '' ? undefined : `${target}/${file}`, line, column, message };
}

/** Where a problem is, e.g. `host/main.go:12:5`; empty if it is nowhere. */
export function placeOf({ path, line, column }: Problem): string {
  return [path, ...[line, column].filter((number) => number > 0).map(String)]
    .filter((part) => part !== undefined)
    .join(':');
}

/** What to tell of a result; undefined if nothing is wrong. */
export function describeFailure(
  target: Target,
  result: Exclude<BuildResult, { kind: 'built' }> | { readonly kind: 'ok' },
): BuildFailure | undefined {
  switch (result.kind) {
    case 'ok':
      return undefined;
    case 'diagnostics': {
      const problems = result.diagnostics.map((diagnostic) => problemOf(target, diagnostic));
      if (problems.some(({ message }) => message.includes(NO_MAIN))) return withoutMain(target, problems);
      const first = problems.find(({ path }) => path !== undefined);
      const where = first === undefined ? '' : `, the first in ${String(first.path)}, line ${String(first.line)}`;
      return { sentence: `The ${target} does not compile: ${countProblems(problems.length)}${where}.`, problems };
    }
    case 'unknown-imports': {
      const names = [...new Set(result.unknown.map(({ path }) => `“${path}”`))].join(', ');
      const message = (path: string): string =>
        `package ${path} is not in this page; the packages that are: ${result.available.join(', ')}`;
      return {
        sentence: `The ${target} imports ${names}, which this page does not have. Below is what it has; at home you can import anything.`,
        problems: result.unknown.map(({ file, line, column, path }) => ({
          path: `${target}/${file}`,
          line,
          column,
          message: message(path),
        })),
      };
    }
    case 'link-error': {
      const problems = [{ path: undefined, line: 0, column: 0, message: result.message }];
      if (result.message.includes(NO_MAIN)) return withoutMain(target, problems);
      return { sentence: `The ${target} compiles, but cannot be linked.`, problems };
    }
  }
}

/** The compiler's words, and the linker's (cmd/compile/internal/noder, cmd/link/internal/ld). */
const NO_MAIN = 'function main is undeclared in the main package';

function withoutMain(target: Target, problems: readonly Problem[]): BuildFailure {
  return {
    sentence: `The ${target} has no func main, so there is nothing to start. Add one to package main.`,
    problems,
  };
}
