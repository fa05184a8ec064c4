/** What the go command reads of a Go file before it calls the compiler: its imports, and what it embeds. */

/** A text in a Go file, and where it is. */
export interface Placed {
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8. */
  readonly column: number;
}

/** What a Go file needs besides itself. */
export interface GoNeeds {
  /** Import paths. */
  readonly imports: readonly Placed[];
  /** Patterns of `//go:embed`, without quotes. */
  readonly embeds: readonly Placed[];
}

type Token = Placed & { readonly kind: 'comment' | 'string' | 'name' | 'newline' | 'other'; readonly at: number };

/**
 * One token of Go (Go specification, "Lexical elements"), as far as is needed to tell code, strings and comments apart. A
 * string or a comment that does not end goes to the end of its line, or of the file; the compiler says so later.
 */
const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|`[^`]*`?|'(?:[^'\\\n]|\\.)*'?)|(?<name>[\p{L}_][\p{L}\p{Nd}_]*)|(?<newline>\n)|(?<other>[^\s])/gu;

function* tokens(source: string): Generator<Token> {
  let line = 1;
  let lineStart = 0;
  let seen = 0;
  const advance = (to: number): void => {
    for (let at = source.indexOf('\n', seen); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = at + 1;
    }
    seen = to;
  };
  for (const match of source.matchAll(TOKEN)) {
    const at = match.index;
    advance(at);
    const [kind] = Object.entries<string | undefined>(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [
      'other',
    ];
    yield {
      kind: kind as Token['kind'],
      text: match[0],
      at,
      line,
      column: byteLength(source.slice(lineStart, at)) + 1,
    };
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The value of a string literal without escapes that matter in a path. */
function unquote(literal: string): string {
  return literal.replace(/^["`]|["`]$/gu, '');
}

const EMBED = /^\/\/go:embed[ \t]+/u;
const PATTERN = /"(?:[^"\\]|\\.)*"|`[^`]*`|[^\s]+/gu;

/** Reads a Go file; what is wrong in it is for the compiler to say. */
export function readGo(source: string): GoNeeds {
  const imports: Placed[] = [];
  const embeds: Placed[] = [];
  // package name; then imports; then the rest, which has only comments of interest.
  let state: 'package' | 'name' | 'top' | 'import' | 'group' | 'rest' = 'package';
  for (const token of tokens(source)) {
    const { kind, text, line, column } = token;
    if (kind === 'comment') {
      const start = EMBED.exec(text)?.[0].length;
      if (start === undefined) continue;
      for (const match of text.slice(start).matchAll(PATTERN)) {
        const before = text.slice(0, start + match.index);
        embeds.push({ text: unquote(match[0]), line, column: column + byteLength(before) });
      }
      continue;
    }
    if (kind === 'newline' || text === ';') continue;
    switch (state) {
      case 'package':
        state = text === 'package' ? 'name' : 'rest';
        break;
      case 'name':
        state = 'top';
        break;
      case 'top':
        state = text === 'import' ? 'import' : 'rest';
        break;
      case 'import':
      case 'group':
        if (kind === 'string') {
          imports.push({ text: unquote(text), line, column });
          if (state === 'import') state = 'top';
        } else if (text === '(') state = 'group';
        else if (text === ')') state = 'top';
        // A name or a dot before the path; anything else is wrong.
        else if (kind !== 'name' && text !== '.') state = 'rest';
        break;
      case 'rest':
        break;
    }
  }
  return { imports, embeds };
}
