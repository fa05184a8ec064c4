/** The same plugins on several hosts: each session is as recorded. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  comparedCases,
  hostVersions,
  missingForHosts,
  prepareHosts,
  readComparedHosts,
  recordedHost,
  replayHost,
  tell,
  type ComparedCase,
} from '../../scripts/compare-hosts.ts';
import { underCi } from '../../scripts/step.ts';

const record = readComparedHosts();
const missing = await missingForHosts(underCi);

if (missing !== undefined) {
  it('plugins on several hosts', { skip: underCi ? false : missing }, () => assert.fail(missing));
} else {
  describe('plugins on several hosts', { concurrency: 6 }, () => {
    before(prepareHosts);

    for (const of of comparedCases) {
      it(`${tell(of)}, is as recorded`, () => replayHost(of, recordedHost(record, of)));
    }

    it('are compared: another session is not taken for the recorded one', async () => {
      const ended: ComparedCase = { plugin: 'pipe-waits.c', stdin: 'empty', host: 'wasmtime-path' };
      await assert.rejects(
        replayHost(ended, recordedHost(record, { ...ended, stdin: 'fifo' })),
        /^Error: pipe-waits\.c on wasmtime-path, stdin empty: expected /u,
      );
    });
  });
}

it('the hosts were recorded in the versions that are pinned', () => {
  // Linux is what the machine has.
  const { Linux } = record.versions;
  assert.deepEqual(record.versions, { ...hostVersions(), Linux }, 'npm run hosts -- --record');
});
