import type { Diagnostic, UnknownImport } from '../../protocol/toolchain.ts';

/** What can't be in an import path (go/parser, `isValidImport`): these, and what is not graphic. */
const ILLEGAL = /[!"#$%&'()*,:;<=>?[\\\]^`{|}\uFFFD\s\p{C}]/u;

/** Why an import path is none, in the go command's words; undefined if it may be one. */
function wrongPath(path: string): string | undefined {
  if (path === '' || ILLEGAL.test(path)) return `invalid import path: ${path}`;
  if (/^\.\.?(?:\/|$)/u.test(path)) {
    return `"${path}" is relative, but relative import paths are not supported in module mode`;
  }
  if (path.startsWith('/')) return `"${path}" is not a package path; see 'go help packages'`;
  if (path.endsWith('/')) return `malformed import path "${path}": trailing slash`;
  return undefined;
}

/** Imports of what can't be a package anywhere, in the go command's words. */
export function wrongImports(imports: readonly UnknownImport[]): Diagnostic[] {
  return imports.flatMap(({ file, line, column, path }) => {
    const message = wrongPath(path);
    return message === undefined ? [] : [{ file, line, column, message }];
  });
}
