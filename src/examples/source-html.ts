/** Lines of source → the inside of `<pre><code>`. */
import { highlightSource, type Token } from './highlight-source.ts';
import type { ShownSource } from './load-example.ts';
import { ExampleError } from './example-error.ts';
import type { SourceLine } from './source-regions.ts';

/** The region whose lines are marked as the ones that matter. */
const keyRegion = 'key';

/** A folded file shows so many lines at least, if it has them: what stands around its key lines says what they follow from. */
const leastShown = 12;

/** Fewer lines than these are not worth a fold: it would take nearly their room. */
const leastFolded = 3;

/** How a file is drawn. */
export interface SourceOptions {
  /** The region to show; without it, the whole file. */
  readonly region?: string | undefined;
  /**
   * For a whole file with key lines: says what stands at a fold of so many lines. The other lines are in `<details>`, each with
   * its words in an attribute, so that the text of the drawn file is the file's.
   */
  readonly fold?: ((lines: number) => string) | undefined;
}

/**
 * Draws a whole file, or one region of it.
 * @param source the file
 * @param options what to show of it
 * @param askedBy the page, for messages
 * @throws ExampleError if the file has no such region; it names those there are
 */
export async function renderSource(
  source: ShownSource,
  { region, fold }: SourceOptions,
  askedBy: string,
): Promise<string> {
  const tokens = await highlightSource(source.lines, source.language);
  if (fold !== undefined && region === undefined) {
    const drawn = source.lines.map((line, index) => renderLine(tokens[index] ?? [], 0, line.regions.has(keyRegion)));
    return renderFolded(drawn, shownLines(source.lines), fold);
  }
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

/**
 * Which lines of a file stand open: its key lines, and around them as many as make a pane worth looking at. All, if it has none.
 * @param lines the whole file, without marks
 */
export function shownLines(lines: readonly SourceLine[]): readonly boolean[] {
  const shown = lines.map(({ regions }) => regions.has(keyRegion));
  let count = shown.filter(Boolean).length;
  if (count === 0) return lines.map(() => true);
  // What comes first is what the key lines follow from; so of two lines left, the one above them is taken.
  while (count < Math.min(leastShown, lines.length)) {
    const above = shown.indexOf(true) - 1;
    const below = shown.lastIndexOf(true) + 1;
    for (const at of [above, below]) {
      if (at < 0 || at >= shown.length || count >= leastShown) continue;
      shown[at] = true;
      count += 1;
    }
    // Between parts of the region, where nothing is left around them.
    if (above < 0 && below >= shown.length) break;
  }
  for (const { from, to } of runsOf(shown)) {
    if (shown[from] !== true && to - from < leastFolded) shown.fill(true, from, to);
  }
  return shown;
}

/** Neighbours that are alike, `to` exclusive. */
function runsOf(shown: readonly boolean[]): readonly { readonly from: number; readonly to: number }[] {
  const starts = shown.flatMap((isShown, index) => (index === 0 || shown[index - 1] !== isShown ? [index] : []));
  return starts.map((from, at) => ({ from, to: starts[at + 1] ?? shown.length }));
}

/** Lines that stand open, and folds; each knows how many lines stand above it, for their numbers. */
function renderFolded(drawn: readonly string[], shown: readonly boolean[], fold: (lines: number) => string): string {
  return runsOf(shown)
    .map(({ from, to }) => {
      const lines = `<span class="lines" style="counter-reset:line ${String(from)}">${drawn.slice(from, to).join('')}</span>`;
      if (shown[from] === true) return lines;
      const words = escapeHtml(fold(to - from)).replaceAll('"', '&quot;');
      return `<details><summary aria-label="${words}"></summary>${lines}</details>`;
    })
    .join('');
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
