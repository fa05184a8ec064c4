import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { EDIT_LINK } from '../../src/sandbox/sharing/link-prefixes.ts';
import { decodeProject, encodeProject, ProjectLinkError } from '../../src/sandbox/editing/project/project-link.ts';

const linkOf = (bytes: Uint8Array): string => `#edit=d${Buffer.from(bytes).toString('base64url')}`;
const linkTo = (value: unknown): string => linkOf(deflateRawSync(JSON.stringify(value)));
const whole = { v: 1, host: 'pipe-waits', plugin: 'go', files: [['host/main.go', 'package main\n']] };

async function refuses(fragment: string, words: RegExp): Promise<void> {
  await assert.rejects(decodeProject(fragment), (error) => {
    assert.ok(error instanceof ProjectLinkError, String(error));
    assert.match(error.message, words);
    assert.ok(error.message.length < 300, 'a sentence, and not the link');
    return true;
  });
}

describe('a link to an edited program', () => {
  it('brings 30 kB of source back as they were', async () => {
    const text = randomBytes(11_000).toString('hex') + '\n\t// 世界 🚀 </script>\n'.repeat(300);
    assert.ok(text.length > 28_000);
    const from = [{ path: 'host/main.go', text: 'package main // as it was\n' }];
    const project = { host: 'pipe-waits', plugin: 'go', files: [{ path: 'host/main.go', text }], from };
    const fragment = await encodeProject(project);
    assert.ok(fragment.startsWith(EDIT_LINK));
    assert.match(fragment, /^#edit=d[\w-]+$/u);
    assert.deepEqual(await decodeProject(fragment), project);
  });

  it('is not made of what does not fit, nor of what nobody could open', async () => {
    const refused: readonly (readonly [string, RegExp])[] = [
      [randomBytes(240_000).toString('latin1'), /do not fit into a link/u],
      ['a\n'.repeat(135_000), /too large for a link: expected at most 262,144 characters, found 270,000/u],
      ['\u0001'.repeat(200_000), /too large for a link: expected at most 786,432 bytes, found 1,200,\d+/u],
    ];
    for (const [text, why] of refused) {
      await assert.rejects(encodeProject({ host: 'a', plugin: 'go', files: [{ path: 'host/main.go', text }] }), why);
    }
  });

  it('says that it is damaged', async () => {
    await refuses('#edit=', /expected "d" or "p"/u);
    await refuses('#edit=x', /found "x"/u);
    await refuses('#edit=d%%%', /expected base64url/u);
    await refuses('#edit=dAAAA', /can’t be (?:inflated|read)/u);
    await refuses(linkOf(deflateRawSync('{"v":1').subarray(0, 4)), /can’t be (?:inflated|read)/u);
    await refuses(linkOf(deflateRawSync(new Uint8Array([0xff, 0xfe]))), /can’t be read/u);
    await refuses((await encodeProject({ host: 'a', plugin: 'go', files: [] })).slice(0, -5), /can’t be/u);
    await refuses(`#edit=d${'A'.repeat(300_000)}`, /at most 262,144 characters/u);
  });

  it('takes no field for granted', async () => {
    await refuses(linkTo(null), /expected a program/u);
    await refuses(linkTo({ ...whole, v: 2 }), /expected version 1, found 2/u);
    await refuses(linkTo({ ...whole, host: '<script>alert(1)</script>' }), /the name of an example/u);
    await refuses(linkTo({ ...whole, plugin: 7 }), /the name of a plugin/u);
    for (const path of ['<script>alert(1)</script>', '../main.go', 'host/<img>.go', 'host/main.js', '__proto__']) {
      await refuses(linkTo({ ...whole, files: [[path, '']] }), /a list of Go files/u);
    }
    await refuses(linkTo({ ...whole, files: { length: 1 } }), /a list of Go files/u);
    await refuses(linkTo({ ...whole, files: [...whole.files, ...whole.files] }), /a list of Go files/u);
    await refuses(linkTo({ ...whole, files: [['host/main.go', 'x'.repeat(300_000)]] }), /a list of Go files/u);
  });

  it('is inflated no further than a program can be: 50 MB of nothing stop at once', async () => {
    const bomb = linkOf(deflateRawSync(Buffer.alloc(50_000_000), { level: 9 }));
    assert.ok(bomb.length < 100_000);
    const started = performance.now();
    await refuses(bomb, /expected at most 786,432 bytes of text, found more/u);
    assert.ok(performance.now() - started < 2000);
  });

  it('is read without compression too', async () => {
    const plain = `#edit=p${Buffer.from(JSON.stringify(whole)).toString('base64url')}`;
    assert.equal((await decodeProject(plain)).files[0]?.text, 'package main\n');
  });
});
