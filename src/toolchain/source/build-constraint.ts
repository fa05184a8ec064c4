/**
 * Which Go files of a folder are compiled: `//go:build` lines and file names, evaluated as `go build` does it for wasip1 and wasm
 * (Go 1.26: go/build, `shouldBuild`, `goodOSArchFile` and `matchTag`; go/build/constraint).
 */

const OS = 'wasip1';
const ARCH = 'wasm';

/** What holds besides the releases: system, processor, compiler, and what `go list -f '{{context.ToolTags}}'` says for them. */
const TAGS = new Set([
  ...[OS, ARCH, 'gc', 'wasm.satconv', 'wasm.signext'],
  ...['goexperiment.dwarf5', 'goexperiment.greenteagc', 'goexperiment.randomizedheapbase64'],
]);

/** Names of systems and processors that a file's name can end with (internal/syslist). */
const KNOWN_OS = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const KNOWN_ARCH = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le ' +
    'riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

/** The go command's limit for the size of an expression (go/build/constraint, `maxSize`). */
const LARGEST_EXPRESSION = 1000;

/** Whether a file is compiled; or why that can't be told, in the go command's words. */
export type Included = boolean | { readonly error: string };

/** An expression that can't be read. */
class ConstraintError extends Error {}

/** @param minor the newest release, e.g. 26 for Go 1.26 */
function hasTag(tag: string, minor: number): boolean {
  const release = /^go1\.([1-9]\d*)$/u.exec(tag)?.[1];
  return release === undefined ? TAGS.has(tag) : Number(release) <= minor;
}

const TOKEN = /[ \t]*(?:(?<operator>\(|\)|!|&&|\|\|)|(?<tag>[\p{L}\p{Nd}_.]+)|(?<end>$)|(?<wrong>[^]))/uy;

/** Reads and evaluates an expression; its grammar is that of Go's operators `||`, `&&` and `!`. */
class ExpressionReader {
  readonly #text: string;
  readonly #has: (tag: string) => boolean;
  #at = 0;
  #token = '';
  #isTag = false;
  #size = 0;

  constructor(text: string, has: (tag: string) => boolean) {
    this.#text = text;
    this.#has = has;
  }

  /** @throws ConstraintError */
  evaluate(): boolean {
    const value = this.#or();
    if (this.#token !== '') throw new ConstraintError(`unexpected token ${this.#token}`);
    return value;
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const groups = TOKEN.exec(this.#text)?.groups;
    this.#at = TOKEN.lastIndex;
    const wrong = groups?.['wrong'];
    if (wrong !== undefined) throw new ConstraintError(`invalid syntax at ${wrong}`);
    this.#isTag = groups?.['tag'] !== undefined;
    this.#token = groups?.['tag'] ?? groups?.['operator'] ?? '';
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#token === '||') value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#token === '&&') value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    this.#size += 1;
    if (this.#size > LARGEST_EXPRESSION) throw new ConstraintError('build expression too large');
    this.#next();
    if (this.#token !== '!') return this.#atom();
    this.#next();
    // The token is another now.
    if ((this.#token as string) === '!') throw new ConstraintError('double negation not allowed');
    return !this.#atom();
  }

  #atom(): boolean {
    if (this.#token === '(') return this.#group();
    if (!this.#isTag) {
      throw new ConstraintError(
        this.#token === '' ? 'unexpected end of expression' : `unexpected token ${this.#token}`,
      );
    }
    const value = this.#has(this.#token);
    this.#next();
    return value;
  }

  #group(): boolean {
    let value: boolean;
    try {
      value = this.#or();
    } catch (error) {
      const isOpen = error instanceof ConstraintError && error.message === 'unexpected end of expression';
      throw isOpen ? new ConstraintError('missing close paren') : error;
    }
    if (this.#token !== ')') throw new ConstraintError('missing close paren');
    this.#next();
    return value;
  }
}

/** The lines before the code that count: all `//go:build`, and `// +build` if a blank line follows them. */
function headerOf(source: string): { readonly goBuild: readonly string[]; readonly plusBuild: readonly string[] } {
  const goBuild: string[] = [];
  const plusBuild: string[] = [];
  const pending: string[] = [];
  let ended = false;
  let inComment = false;
  for (const raw of source.split('\n')) {
    let line = raw.trim();
    if (line === '' && !ended) plusBuild.push(...pending.splice(0));
    if (!line.startsWith('//')) ended ||= line !== '';
    if (!inComment && /^\/\/go:build(?:\s|$)/u.test(line)) goBuild.push(line);
    if (!ended && /^\/\/\s*\+build(?:\s|$)/u.test(line)) pending.push(line);
    // What is left of the line behind its comments is code, and the end of the header.
    while (line !== '') {
      if (inComment) {
        const end = line.indexOf('*/');
        if (end < 0) break;
        inComment = false;
        line = line.slice(end + 2).trim();
      } else if (line.startsWith('//')) break;
      else if (line.startsWith('/*')) {
        inComment = true;
        line = line.slice(2).trim();
      } else return { goBuild, plusBuild };
    }
  }
  return { goBuild, plusBuild };
}

/** A `// +build` line: options separated by spaces, each of terms that are separated by commas. */
function holdsPlusBuild(line: string, has: (tag: string) => boolean): boolean {
  const options = line
    .replace(/^\/\/\s*\+build/u, '')
    .split(/\s+/u)
    .filter((option) => option !== '');
  const holds = (term: string): boolean => {
    const [, negation = '', tag = ''] = /^(!?)([^]*)$/u.exec(term) ?? [];
    // Go takes what is no tag for `ignore`.
    const known = /^[\p{L}\p{Nd}_.]+$/u.test(tag) && has(tag);
    return negation !== '' && tag !== '' && !tag.startsWith('!') ? !known : known;
  };
  return options.some((option) => option.split(',').every(holds));
}

function fitsName(name: string, has: (tag: string) => boolean): boolean {
  if (name.startsWith('_') || name.startsWith('.') || name.endsWith('_test.go')) return false;
  const [stem = ''] = name.split('.');
  const parts = stem.split('_').slice(1);
  const [before = '', last = ''] = [parts.at(-2), parts.at(-1)];
  if (KNOWN_OS.has(before) && KNOWN_ARCH.has(last)) return has(before) && has(last);
  return KNOWN_OS.has(last) || KNOWN_ARCH.has(last) ? has(last) : true;
}

/**
 * Whether `go build` compiles a Go file.
 *
 * @param language the version of Go, e.g. `go1.26`
 */
export function includesFile(name: string, source: string, language: string): Included {
  const minor = Number(/^go1\.(\d+)/u.exec(language)?.[1] ?? 0);
  const has = (tag: string): boolean => hasTag(tag, minor);
  if (!fitsName(name, has)) return false;
  const { goBuild, plusBuild } = headerOf(source);
  const [line, ...more] = goBuild;
  if (more.length > 0) return { error: 'multiple //go:build comments' };
  if (line === undefined) return plusBuild.every((one) => holdsPlusBuild(one, has));
  try {
    return new ExpressionReader(line.slice('//go:build'.length), has).evaluate();
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    return { error: `parsing //go:build line: ${error.message}` };
  }
}
