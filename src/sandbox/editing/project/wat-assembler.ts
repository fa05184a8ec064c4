import { words } from '#words/editing/own-plugin';
import type { Problem } from '../build-words.ts';
import { ProjectBuildError } from './project-program.ts';
import { WAT_FILE } from './project.ts';

/** wabt's messages: `main.wat:3:5: error: …`, then the line and a mark under it. */
const MESSAGE = /^main\.wat:(\d+):(\d+): error: (.*)$/u;

/** What wabt says, as problems of the file. */
export function watProblems(said: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const text of said.split('\n')) {
    const [, line, column, message] = MESSAGE.exec(text) ?? [];
    if (message === undefined) continue;
    problems.push({ path: WAT_FILE, line: Number(line), column: Number(column), message, isVerbatim: true });
  }
  return problems;
}

/** More levels of parentheses than this are the likely cause where the assembler breaks down. */
const DEEP = 1000;

/** How deep parentheses are nested; those in strings and comments count as well. */
function deepestNesting(text: string): number {
  let level = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[()]/gu)) {
    level += bracket === '(' ? 1 : -1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}

/**
 * Assembles WebAssembly's text form with wabt, which is loaded when this is first called.
 * @throws ProjectBuildError with wabt's words
 */
export async function assembleWat(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: openWabt } = await import('wabt');
  const wabt = await openWabt();
  try {
    const module = wabt.parseWat('main.wat', text);
    try {
      module.validate();
      return new Uint8Array(module.toBinary({}).buffer);
    } finally {
      module.destroy();
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const problems = watProblems(said);
    const first = problems[0];
    // Its own stack lies in its memory, and ends in a trap; the browser's ends in a RangeError.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      const levels = deepestNesting(text);
      const sentence = levels > DEEP ? words.nestedTooDeep(levels) : words.assemblerBroke(said);
      throw new ProjectBuildError({ sentence, problems: [] });
    }
    throw new ProjectBuildError({
      sentence: first === undefined ? words.doesNotAssemble : words.doesNotAssembleAt(first.line, WAT_FILE),
      problems:
        problems.length > 0 ? problems : [{ path: WAT_FILE, line: 0, column: 0, message: said, isVerbatim: true }],
    });
  }
}
