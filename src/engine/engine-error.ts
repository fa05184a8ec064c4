import { words } from '#words/engine';
import { sentenceOf, type EngineProblem, type EngineProblems } from '../protocol/problems.ts';

/** What the engine throws. The message says what was expected, what was found, and the way out. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  /** What the message says, for programs: a code with its parameters. */
  readonly problem: EngineProblem;

  constructor(problem: EngineProblem, cause?: unknown) {
    super(
      sentenceOf<EngineProblems, keyof EngineProblems>(words.problems, problem),
      cause === undefined ? undefined : { cause },
    );
    this.problem = problem;
  }
}
