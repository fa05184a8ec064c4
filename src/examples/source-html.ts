/** Lines of source → the inside of `<pre><code>`. */
import { highlightSource, type Token } from './highlight-source.ts';
import type { ShownSource } from './load-example.ts';
import { ExampleError } from './example-error.ts';
import type { SourceLine } from './source-regions.ts';

/** The region whose lines are marked as the ones that matter. */
const keyRegion = 'key';

/**
 * Draws a whole file, or one region of it.
 * @param source the file
 * @param region the region to show; without it, the whole file
 * @param askedBy the page, for messages
 * @throws ExampleError if the file has no such region; it names those there are
 */
export async function renderSource(source: ShownSource, region: string | undefined, askedBy: string): Promise<string> {
  const tokens = await highlightSource(source.lines, source.language);
  const shown = source.lines
    .map((line, index) => ({ line, tokens: tokens[index] ?? [] }))
    .filter(({ line }) => region === undefined || line.regions.has(region));
  const first = shown[0];
  if (first === undefined) {
    const names = [...new Set(source.lines.flatMap((line) => [...line.regions]))];
    throw new ExampleError(
      askedBy,
      `expected lines in region ${JSON.stringify(region)} of ${source.file}; its regions are ${names.join(', ') || 'none'}`,
    );
  }

  const indent = region === undefined ? 0 : commonIndent(shown.map(({ line }) => line));
  let previous = first.line;
  let html = '';
  for (const { line, tokens: pieces } of shown) {
    if (!areNeighbours(source.lines, previous, line)) html += '<span class="line gap">⋯\n</span>';
    html += renderLine(pieces, indent, region !== keyRegion && line.regions.has(keyRegion));
    previous = line;
  }
  return html;
}

/** Whether no line of the file lies between the two; stripped marks do not count. */
function areNeighbours(lines: readonly SourceLine[], previous: SourceLine, line: SourceLine): boolean {
  return previous === line || lines.indexOf(line) - lines.indexOf(previous) === 1;
}

/** The number of blanks that every line that is not empty starts with. */
function commonIndent(lines: readonly SourceLine[]): number {
  const indents = lines
    .filter((line) => line.text.trim() !== '')
    .map((line) => line.text.length - line.text.trimStart().length);
  return indents.length === 0 ? 0 : Math.min(...indents);
}

/** A line ends in its newline, inside its element, so that copied text keeps its lines. */
function renderLine(tokens: readonly Token[], indent: number, isKey: boolean): string {
  let skip = indent;
  let inner = '';
  for (const token of tokens) {
    const text = token.text.slice(skip);
    skip = Math.max(0, skip - token.text.length);
    if (text === '') continue;
    inner += token.kind === undefined ? escapeHtml(text) : `<span class="t-${token.kind}">${escapeHtml(text)}</span>`;
  }
  return isKey ? `<mark class="line">${inner}\n</mark>` : `<span class="line">${inner}\n</span>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
