/** Sessions of one plugin on other hosts than wazero are as recorded. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { otherHosts, readOtherHosts, replayOtherHost } from '../../scripts/other-hosts.ts';

describe('other hosts', () => {
  const { transcripts } = readOtherHosts();

  for (const host of otherHosts) {
    it(`${host} is as recorded`, async () => {
      await replayOtherHost(host, transcripts[host]);
    });
  }

  it('are compared: another session is not taken for the recorded one', async () => {
    await assert.rejects(
      replayOtherHost('shim-file', transcripts['shim-waits']),
      /^Error: shim-file: expected it to wait after "Name: ", found "Name: \\n.*", status 0$/u,
    );
  });
});
