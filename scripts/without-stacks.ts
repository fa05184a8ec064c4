/**
 * What a Go program has printed, without the list of its goroutines where it crashed: its addresses are those of one build.
 */
export function withoutStacks(output: string): string {
  const lines = output.split('\n');
  const list = lines.findIndex((line) => line === 'runtime stack:' || /^goroutine \d+ /u.test(line));
  if (list === -1) return output;
  // An empty line is before it.
  return [...lines.slice(0, lines[list - 1] === '' ? list - 1 : list), ''].join('\n');
}
