import type { Diagnostic } from '../protocol/toolchain.ts';

/** `main.go:3:7: message`, as Go's tools write it; a place may lack its column. */
const PLACED = /^(?:\.\/)?(?<file>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))?: (?<message>.*)$/u;

/** The messages in what the compiler or gofmt wrote; a line that starts with a tab continues the one before. */
export function parseDiagnostics(text: string): Diagnostic[] {
  const found: { file: string; line: number; column: number; message: string }[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const last = found.at(-1);
    if (line.startsWith('\t') && last !== undefined) {
      last.message += `\n${line}`;
      continue;
    }
    const groups = PLACED.exec(line)?.groups;
    found.push({
      file: groups?.['file'] ?? '',
      line: Number(groups?.['line'] ?? 0),
      column: Number(groups?.['column'] ?? 0),
      message: groups?.['message'] ?? line,
    });
  }
  return found;
}
