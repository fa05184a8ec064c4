/**
 * Every example, with each of its plugins, in the page: the session that was recorded natively is played into the
 * sandbox, and what comes out must be the same. A wait in the transcript must be a wait in the page.
 */
import { listExamples, loadExample, type Example } from '../src/examples/load-example.ts';
import { pageOf, projectRoot } from './fixtures/built-site.ts';
import type { LogPiece, Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

const labels = { go: 'Go plugin', c: 'C plugin' } as const;

/** Plays a session that ends by itself. */
async function play(sandbox: Sandbox, { manifest, transcript }: Example): Promise<void> {
  const expected: LogPiece[] = [];
  const compare = async (): Promise<void> => {
    await (manifest.compare === 'in-order' ? sandbox.expectLog(expected) : sandbox.expectStreams(expected));
  };
  for (const step of transcript) {
    switch (step.kind) {
      case 'command':
        await sandbox.run();
        break;
      case 'stdout':
      case 'stderr':
        expected.push({ stream: step.kind, text: step.text });
        break;
      case 'waiting':
        await compare();
        await sandbox.expectWaiting();
        break;
      case 'typed':
        if (step.text.endsWith('\n')) {
          await sandbox.type(step.text.slice(0, -1));
        } else {
          await sandbox.typeHalf(step.text);
        }
        expected.push({ stream: 'typed', text: step.text });
        break;
      case 'closed':
        await sandbox.closeStdin();
        expected.push({ stream: 'typed', text: '^D\n' });
        break;
      case 'stopped':
        await compare();
        await sandbox.stop();
        await sandbox.expectState('stopped');
        break;
      case 'exit':
        await sandbox.expectExit(step.status);
        break;
    }
  }
  await compare();
}

/** Plays a flood: it goes on past the lines that were recorded, every line is a recorded one, and Stop ends it. */
async function playFlood(sandbox: Sandbox, { transcript }: Example): Promise<void> {
  const recorded = transcript.flatMap((step) => (step.kind === 'stdout' ? [step.text.replace(/\n$/u, '')] : []));
  const repeated = recorded.at(-1) ?? '';
  const first = recorded.findIndex((line) => line === repeated);
  await sandbox.run();
  await sandbox.expectState('eof');
  await expect.poll(() => sandbox.linesSoFar()).toBeGreaterThan(recorded.length);
  const soFar = await sandbox.linesSoFar();
  await expect.poll(() => sandbox.linesSoFar()).toBeGreaterThan(soFar);
  await sandbox.stop();
  await sandbox.expectState('stopped');

  const { kept: text, gone } = await sandbox.flood();
  const kept = text.split('\n').slice(0, -1);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(2000);
  expect(new Set(kept.slice(Math.max(0, first - gone)))).toEqual(new Set([repeated]));
}

for (const name of listExamples({ root: projectRoot })) {
  const example = loadExample(name, { root: projectRoot });
  if (!example.manifest.runsIn.includes('page')) continue;
  for (const language of example.manifest.plugins) {
    test(`${name} with its ${labels[language]} runs as recorded`, async ({ openSandbox }) => {
      const sandbox = await openSandbox(pageOf(name).path, name);
      if (example.manifest.plugins.length > 1) await sandbox.choosePlugin(labels[language]);
      if (example.manifest.cutAfterLines === undefined) await play(sandbox, example);
      else await playFlood(sandbox, example);
    });
  }
}
