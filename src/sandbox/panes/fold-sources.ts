import type { SandboxParts } from '../element/sandbox-parts.ts';

/** Makes the button over the code open all that is folded, and fold it again. It says what the folds are, however they came so. */
export function foldSources({ wholeFile, sources }: SandboxParts, signal: AbortSignal): void {
  const folds = sources.flatMap((source) => [...source.querySelectorAll('details')]);
  wholeFile.hidden = folds.length === 0;
  const isWhole = (): boolean => folds.every(({ open }) => open);
  wholeFile.addEventListener(
    'click',
    () => {
      const open = !isWhole();
      for (const fold of folds) fold.open = open;
    },
    { signal },
  );
  for (const fold of folds) {
    fold.addEventListener('toggle', () => (wholeFile.ariaPressed = String(isWhole())), { signal });
  }
}
