/**
 * Source text → coloured lines, with Shiki at build time. A token gets a class, not a colour: `styles/tokens.css` says
 * what a class looks like in light, dark and forced colours.
 */
import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';
import type { SourceLanguage } from './load-example.ts';
import type { SourceLine } from './source-regions.ts';

/** A piece of a line that looks one way. */
export interface Token {
  readonly text: string;
  /** `comment`, `keyword`, …; undefined for plain text. */
  readonly kind: string | undefined;
}

const variablePrefix = '--code-';
const theme = createCssVariablesTheme({ name: 'code', variablePrefix, variableDefaults: {}, fontStyle: false });

let highlighter: Promise<Highlighter> | undefined;

/** One array of tokens for each line. */
export async function highlightSource(lines: readonly SourceLine[], language: SourceLanguage): Promise<Token[][]> {
  highlighter ??= createHighlighter({ themes: [theme], langs: ['go', 'c', 'rust', 'typescript', 'python'] });
  const { tokens } = (await highlighter).codeToTokens(lines.map((line) => line.text).join('\n'), {
    lang: language,
    theme: 'code',
  });
  return tokens.map((line) => mergeAlike(line.map(({ content, color }) => ({ text: content, kind: kindOf(color) }))));
}

/** `var(--code-token-keyword)` → `keyword`. */
function kindOf(color: string | undefined): string | undefined {
  return /--code-token-(?<kind>[a-z-]+)/u.exec(color ?? '')?.groups?.['kind'];
}

/** Neighbours of one kind become one token, and blanks join the token before them: less markup, the same picture. */
function mergeAlike(tokens: readonly Token[]): Token[] {
  const merged: Token[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (last !== undefined && (last.kind === token.kind || token.text.trim() === '')) {
      merged[merged.length - 1] = { text: last.text + token.text, kind: last.kind };
    } else {
      merged.push(token);
    }
  }
  return merged;
}
