/** What the go command reads of a Go file before it calls the compiler: its imports, and what it embeds. */

/** A text in a Go file, and where it is. */
export interface Placed {
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8. */
  readonly column: number;
}

/** What a Go file needs besides itself, and what it is a part of. */
export interface GoNeeds {
  /** Of its package clause; undefined if it has none. */
  readonly packageName: Placed | undefined;
  /** Import paths; one that is no string literal of Go is left to the compiler. */
  readonly imports: readonly Placed[];
  /** Patterns of `//go:embed`, without quotes. */
  readonly embeds: readonly Placed[];
  /** Whether it declares `func main`. */
  readonly hasMain: boolean;
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

/** What can stand behind a backslash in a string literal, besides numbers. */
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34 };

/** One piece of an interpreted string literal (Go specification, "String literals"). */
const PIECE =
  /\\(?:x(?<hex>[\da-fA-F]{2})|(?<octal>[0-3][0-7]{2})|u(?<short>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<one>[abfnrtv\\"]))|(?<plain>[^\\\n"])/uy;

/** The value of a string literal; undefined if it is none. */
function unquote(literal: string): string | undefined {
  if (/^`[^`]*`$/u.test(literal)) return literal.slice(1, -1).replaceAll('\r', '');
  if (!/^"[^]*"$/u.test(literal)) return undefined;
  const inner = literal.slice(1, -1);
  const bytes: number[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < inner.length) {
    const groups = PIECE.exec(inner)?.groups;
    if (groups === undefined) return undefined;
    const { hex, octal, short, long, one, plain } = groups;
    const code = short ?? long;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (one !== undefined) {
      bytes.push(ESCAPES[one] ?? 0);
    } else {
      const point = code === undefined ? undefined : Number.parseInt(code, 16);
      if (point !== undefined && point > 0x10ffff) return undefined;
      bytes.push(...new TextEncoder().encode(point === undefined ? plain : String.fromCodePoint(point)));
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

const EMBED = /^\/\/go:embed[ \t]+/u;
const PATTERN = /"(?:[^"\\]|\\.)*"|`[^`]*`|[^\s]+/gu;

/** The patterns of a `//go:embed`; none for another comment. */
function embedsIn({ text, line, column }: Placed): Placed[] {
  const start = EMBED.exec(text)?.[0].length;
  if (start === undefined) return [];
  return [...text.slice(start).matchAll(PATTERN)].map((match) => {
    const before = text.slice(0, start + match.index);
    return { text: unquote(match[0]) ?? match[0], line, column: column + byteLength(before) };
  });
}

/** Looks for `func main(` outside of all brackets. */
class MainFinder {
  found = false;
  #depth = 0;
  #before: readonly string[] = [];

  see(kind: Token['kind'], text: string): void {
    if (kind === 'other' && '([{'.includes(text)) {
      if (text === '(' && this.#depth === 0 && this.#before.join(' ') === 'func main') this.found = true;
      this.#depth += 1;
    } else if (kind === 'other' && ')]}'.includes(text)) this.#depth -= 1;
    this.#before = [...this.#before.slice(-1), text];
  }
}

/** Reads a Go file; what is wrong in it is for the compiler to say. */
export function readGo(source: string): GoNeeds {
  const imports: Placed[] = [];
  const embeds: Placed[] = [];
  const main = new MainFinder();
  let packageName: Placed | undefined;
  // package name; then imports; then the rest, which has only comments and `func main` of interest.
  let state: 'package' | 'name' | 'top' | 'import' | 'group' | 'rest' = 'package';
  for (const { kind, text, line, column } of tokens(source)) {
    if (kind === 'comment') {
      embeds.push(...embedsIn({ text, line, column }));
      continue;
    }
    if (kind === 'newline' || text === ';') continue;
    main.see(kind, text);
    switch (state) {
      case 'package':
        state = text === 'package' ? 'name' : 'rest';
        break;
      case 'name':
        if (kind === 'name') packageName = { text, line, column };
        state = 'top';
        break;
      case 'top':
        state = text === 'import' ? 'import' : 'rest';
        break;
      case 'import':
      case 'group':
        if (kind === 'string') {
          const path = unquote(text);
          if (path !== undefined) imports.push({ text: path, line, column });
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
  return { packageName, imports, embeds, hasMain: main.found };
}
