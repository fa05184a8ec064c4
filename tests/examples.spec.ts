/**
 * Every example, with each of its plugins, in the page: the session that was recorded natively is played into the
 * sandbox, and what comes out must be the same. A wait in the transcript must be a wait in the page.
 */
import { listExamples, loadExample } from '../src/examples/load-example.ts';
import { pageOf, projectRoot } from './fixtures/built-site.ts';
import { playTranscript } from './fixtures/play-transcript.ts';
import { test } from './fixtures/test.ts';
import { recordPlay } from './fixtures/what-ran-where.ts';

const labels = { go: 'Go plugin', c: 'C plugin' } as const;

for (const name of listExamples({ root: projectRoot })) {
  const example = loadExample(name, { root: projectRoot });
  if (!example.manifest.runsIn.includes('page')) continue;
  for (const plugin of example.manifest.plugins) {
    // A project may leave out what a smaller plugin shows as well.
    const tag = plugin === 'go' && example.manifest.plugins.includes('c') ? '@also-in-c' : [];
    test(
      `${name} with its ${labels[plugin]} runs as recorded`,
      { tag },
      async ({ browser, openSandbox, transport }) => {
        await recordPlay(
          { example: name, plugin, browser: 'Chromium', version: browser.version(), transport },
          async () => {
            const sandbox = await openSandbox(pageOf(name).path, name);
            if (example.manifest.plugins.length > 1) await sandbox.choosePlugin(labels[plugin]);
            await playTranscript(sandbox, example);
          },
        );
      },
    );
  }
}
