/** Whether the toolchain's worker does what nobody wants any more, while somebody waits for it. */
import type { SourceFile, Target, ToolchainRequest } from '../../protocol/toolchain.ts';

/** What was asked of the worker. */
export interface Asked {
  readonly request: ToolchainRequest;
  /** Whoever asked does not wait any more. */
  readonly isAbandoned: boolean;
}

/** What the worker says it is doing. */
export interface Work {
  readonly on: Target;
  /** Nobody asked for it: the program was found right, and is compiled before Run asks. */
  readonly isAhead: boolean;
  /** The program, where it works ahead. */
  readonly files: readonly SourceFile[] | undefined;
}

interface Program {
  readonly target: Target;
  readonly files: readonly SourceFile[];
}

function programOf(request: ToolchainRequest): Program | undefined {
  return request.type === 'check' || request.type === 'build' ? request : undefined;
}

function isSame(a: readonly SourceFile[] | undefined, b: readonly SourceFile[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * True if what the worker is doing should not keep anybody waiting: it is about an older text, or was ended by Stop, or nobody
 * has asked for it and somebody waits for something else.
 *
 * @param current what the worker was given and has not answered
 */
export function isInTheWay(work: Work, current: Asked | undefined, queue: readonly Asked[]): boolean {
  const files = work.isAhead ? work.files : current && programOf(current.request)?.files;
  const behind = work.isAhead && current !== undefined ? [current, ...queue] : queue;
  const waiting = behind.filter(({ request, isAbandoned }) => !isAbandoned && request.type !== 'fetch');
  const isAbout = (asked: Asked, same: boolean): boolean => {
    const program = programOf(asked.request);
    return program?.target === work.on && isSame(files, program.files) === same;
  };
  if (waiting.some((asked) => isAbout(asked, false))) return true;
  if (waiting.some((asked) => asked.request.type === 'build' && isAbout(asked, true))) return false;
  return work.isAhead ? waiting.length > 0 : current?.isAbandoned === true;
}
