import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

it('every colour is in tokens.css; a forced colour is the reader’s', () => {
  const files = globSync(['src/styles/*.css', 'src/components/**/*.astro']).filter(
    (file) => !file.endsWith('tokens.css'),
  );
  assert.ok(files.length > 20);
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /(?:^\s*[\w-]+:.*)(?:#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\()/iu.test(line)
          ? [`${file}:${String(index + 1)}: ${line.trim()}`]
          : [],
      ),
  );
  assert.deepEqual(found, []);
});
