/**
 * The lines of `after` that are not in `before`, by index: what a reader has to look at after one thing was changed. Blank
 * lines and blanks at the ends don't count.
 */
export function changedLines(before: readonly string[], after: readonly string[]): number[] {
  const [old, fresh] = [before, after].map((lines) => lines.map((line) => line.trim())) as [string[], string[]];
  // Lengths of the longest common subsequences of the rests.
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      const length =
        old[row] === fresh[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      const line = common[row];
      if (line !== undefined) line[column] = length;
    }
  }
  const changed: number[] = [];
  let row = 0;
  for (let column = 0; column < fresh.length; column += 1) {
    while (row < old.length && old[row] !== fresh[column] && at(row + 1, column) >= at(row, column + 1)) row += 1;
    if (row < old.length && old[row] === fresh[column]) row += 1;
    else if (fresh[column] !== '') changed.push(column);
  }
  return changed;
}
