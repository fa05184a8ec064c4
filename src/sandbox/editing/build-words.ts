/** What a reader is told of a program that could not be built: one sentence, and below it the compiler's own words. */
import { words } from '#words/editing/panel';
import type { BuildResult, Diagnostic, Target, UnknownImport } from '../../protocol/toolchain.ts';
import { verbatim } from '../run/verbatim.ts';

/** What is wrong at one place, or at none. */
export interface Problem {
  /** Path in the project, e.g. `host/main.go`; undefined if it concerns no file. */
  readonly path: string | undefined;
  /** Counts from 1; 0 if it concerns no line. */
  readonly line: number;
  /** In bytes of UTF-8, counted from 1; 0 if it concerns no place in the line. */
  readonly column: number;
  readonly message: string;
  /** The message is a tool's own, such as the compiler's, and in no language of the page. */
  readonly isVerbatim: boolean;
}

/** A program that could not be built. */
export interface BuildFailure {
  /** One sentence for the state line. */
  readonly sentence: string;
  readonly problems: readonly Problem[];
}

function problemOf(target: Target, { file, line, column, message }: Diagnostic): Problem {
  return { path: file === '' ? undefined : `${target}/${file}`, line, column, message, isVerbatim: true };
}

/** Where a problem is, e.g. `host/main.go:12:5`; empty if it is nowhere. */
export function placeOf({ path, line, column }: Problem): string {
  return [path, ...[line, column].filter((number) => number > 0).map(String)]
    .filter((part) => part !== undefined)
    .join(':');
}

/** What to tell of a program that could not be built. */
export function describeFailure(target: Target, result: Exclude<BuildResult, { kind: 'built' }>): BuildFailure {
  const about = words.targets[target];
  switch (result.kind) {
    case 'diagnostics': {
      const told = result.diagnostics.filter((diagnostic) => !isTooMany(diagnostic));
      const more = told.length < result.diagnostics.length;
      const problems = told.map((diagnostic) => problemOf(target, diagnostic));
      if (problems.some(({ message }) => message.includes(NO_MAIN))) return withoutMain(target, problems);
      const first = problems.find(({ path }) => path !== undefined);
      const sentence =
        first?.path === undefined
          ? about.doesNotCompile(problems.length, more)
          : about.doesNotCompileAt(problems.length, more, first.path, first.line);
      return { sentence, problems };
    }
    case 'unknown-imports':
      return {
        sentence: result.unknown.every(isCgo)
          ? about.needsCgo
          : about.importsUnknown([...new Set(result.unknown.map(({ path }) => verbatim(path)))]),
        problems: result.unknown.map((one) => ({
          path: `${target}/${one.file}`,
          line: one.line,
          column: one.column,
          message: isCgo(one) ? words.cgo : words.notInPage(verbatim(one.path), result.available.map(verbatim)),
          isVerbatim: false,
        })),
      };
    case 'link-error': {
      const problems = [{ path: undefined, line: 0, column: 0, message: result.message, isVerbatim: true }];
      if (result.message.includes(NO_MAIN)) return withoutMain(target, problems);
      return { sentence: about.cannotBeLinked, problems };
    }
    case 'not-main': {
      const { file, line, column, packageName } = result;
      const message = words.packageClause(verbatim(packageName));
      return {
        sentence: about.isOtherPackage(verbatim(packageName)),
        problems: [{ path: `${target}/${file}`, line, column, message, isVerbatim: false }],
      };
    }
    case 'too-deep':
      return unplaced(about.nestsTooDeep);
    case 'too-large':
      return unplaced(about.needsMemory(result.needed, result.limit));
  }
}

/** A sentence that says it all; it is the one problem too, since what has none would compile. */
function unplaced(sentence: string): BuildFailure {
  return { sentence, problems: [{ path: undefined, line: 0, column: 0, message: sentence, isVerbatim: false }] };
}

/** The pseudo-package of cgo (cmd/cgo). */
function isCgo({ path }: UnknownImport): boolean {
  return path === 'C';
}

/** What the compiler says when it stops after ten errors; it is no error. */
function isTooMany({ message }: Diagnostic): boolean {
  return message === 'too many errors';
}

/** The compiler's words, and the linker's (cmd/compile/internal/noder, cmd/link/internal/ld). */
const NO_MAIN = 'function main is undeclared in the main package';

function withoutMain(target: Target, problems: readonly Problem[]): BuildFailure {
  return { sentence: words.targets[target].hasNoMain, problems };
}
