import type { Diagnostic, SourceFile } from '../../protocol/toolchain.ts';
import type { Placed } from './go-source.ts';

/** The compiler's `-embedcfg` (cmd/go/internal/work, "embedcfg"). */
interface EmbedConfig {
  readonly Patterns: Readonly<Record<string, readonly string[]>>;
  readonly Files: Readonly<Record<string, string>>;
}

/** A pattern of Go's path.Match for a name without slashes; undefined for one that is malformed. */
function matcherOf(pattern: string): RegExp | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) return undefined;
      source += `[${pattern.slice(at + 1, end).replaceAll('\\', '\\\\')}]`;
      at = end;
    } else {
      const literal = char === '\\' ? pattern.charAt((at += 1)) : char;
      source += literal.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
    }
  }
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
}

/** Files that a pattern names; a wildcard does not stop at hidden files, as with the go command. */
function filesFor(pattern: string, files: readonly SourceFile[]): string[] {
  const matcher = matcherOf(pattern.replace(/^all:/u, ''));
  if (matcher === undefined) return [];
  return files.map(({ name }) => name).filter((name) => matcher.test(name));
}

/**
 * What the patterns of a file's `//go:embed` stand for, in the compiler's form; or the go command's words for one that stands
 * for nothing.
 */
export function embedConfig(
  embeds: readonly { readonly file: string; readonly pattern: Placed }[],
  files: readonly SourceFile[],
): { readonly config: EmbedConfig } | { readonly missing: Diagnostic[] } {
  const patterns: Record<string, string[]> = {};
  const found: Record<string, string> = {};
  const missing: Diagnostic[] = [];
  for (const { file, pattern } of embeds) {
    const names = filesFor(pattern.text, files).sort();
    if (names.length === 0) {
      const { line, column, text } = pattern;
      missing.push({ file, line, column, message: `pattern ${text}: no matching files found` });
    }
    patterns[pattern.text] = names;
    for (const name of names) found[name] = name;
  }
  return missing.length > 0 ? { missing } : { config: { Patterns: patterns, Files: found } };
}
