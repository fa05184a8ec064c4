/** What older pages kept of the playground: the edits of a host and a plugin in one. */
import { fingerprint, pairsOf, projectFilesOf, ProjectStore, type PageStore } from './project-store.ts';
import type { EditsPart } from './kept-edits.ts';
import { targetOf, type Project, type ProjectFile } from './project.ts';

/**
 * Takes what was kept of a pair apart, so that an edited host stays when only the plugin is another one. Nothing is let go of
 * before each part is kept.
 * @param pair under which name both were kept
 */
export function partPair(store: PageStore, pair: string, parts: readonly EditsPart[], project: Project): void {
  for (const key of store.keysOf(pair)) {
    const raw = store.get(key);
    if (raw === null) continue;
    const texts = textsOf(raw, parts, project);
    if (texts.every(([name, text]) => new ProjectStore(store, name).adopt(text))) store.remove(key);
  }
}

/** What to keep under which name. What can't be read goes to the first part as it is. */
function textsOf(
  raw: string,
  parts: readonly EditsPart[],
  project: Project,
): readonly (readonly [name: string, text: string])[] {
  let value: { readonly of?: unknown; readonly files?: unknown } | null;
  try {
    value = JSON.parse(raw) as typeof value;
  } catch {
    value = null;
  }
  const files = projectFilesOf(value?.files, Infinity);
  if (files === undefined) return parts.slice(0, 1).map(({ name }) => [name, raw]);
  const isStale = value?.of !== fingerprint(project.original);
  return parts.flatMap(({ name, targets }) => {
    const ofPart = (all: readonly ProjectFile[]): readonly ProjectFile[] =>
      all.filter(({ path }) => targets.includes(targetOf(path)));
    const changed = ofPart(files).filter(({ path, text }) => project.originalText(path) !== text);
    if (changed.length === 0) return [];
    const of = isStale ? '' : fingerprint(ofPart(project.original));
    return [[name, JSON.stringify({ of, at: 0, files: pairsOf(changed) })] as const];
  });
}
