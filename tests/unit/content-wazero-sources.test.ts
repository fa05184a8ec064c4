/** Pages cite wazero's source by file and line. What they say stands there must stand there, in the pinned release. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pages = join(root, 'src', 'content', 'docs');

interface Citation {
  readonly page: string;
  readonly file: string;
  readonly line: number;
  readonly says: string;
}

const citation =
  /<WazeroSource\s+file="(?<file>[^"]+)"\s+line=\{(?<line>\d+)\}(?:\s+to=\{\d+\})?\s+says=(?<says>"[^"]*"|\{'[^']*'\})\s*\/>/gu;

function citationsIn(page: string): Citation[] {
  const text = readFileSync(join(pages, page), 'utf8');
  const found = [...text.matchAll(citation)].map(({ groups = {} }) => ({
    page,
    file: groups['file'] ?? '',
    line: Number(groups['line']),
    says: (groups['says'] ?? '').replace(/^(?:"|\{')/u, '').replace(/(?:"|'\})$/u, ''),
  }));
  const used = text.split('<WazeroSource').length - 1;
  assert.equal(found.length, used, `${page}: expected file, line and says, in this order, on each <WazeroSource>`);
  return found;
}

/** Folder of wazero in the module cache; undefined where there is no Go. */
function wazeroFolder(): string | undefined {
  const args = ['list', '-m', '-f', '{{.Dir}}', 'github.com/tetratelabs/wazero'];
  const listed = spawnSync('go', args, { cwd: join(root, 'examples'), encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() : undefined;
}

describe('citations of wazero’s source', () => {
  const citations = readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.mdx'))
    .flatMap(citationsIn);
  const folder = wazeroFolder();
  const skip = folder === undefined || folder === '' ? 'there is no Go, or it has not fetched wazero' : false;

  for (const { page, file, line, says } of citations) {
    it(`${page}: ${file}:${String(line)} says ${says}`, { skip }, () => {
      const lines = readFileSync(join(folder ?? '', file), 'utf8').split('\n');
      const found = lines[line - 1]?.trim() ?? 'no such line';
      const where = lines.flatMap((text, index) => (text.includes(says) ? [index + 1] : []));
      assert.ok(
        found.includes(says),
        `expected ${JSON.stringify(says)} in line ${String(line)}, found ${JSON.stringify(found)}; it is in ${where.join(', ') || 'no line'}`,
      );
    });
  }

  it('there are some', () => assert.notEqual(citations.length, 0));
});
