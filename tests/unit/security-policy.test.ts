import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { addSecurityPolicy, inlineScriptHashes, policyIn, policyOf } from '../../scripts/security-policy.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const page = (body: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>${body}</body></html>`;

describe('the site’s security policy', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'block-or-eof-'));
    writeFileSync(join(folder, '_headers'), '# Isolation\n/*\n  X-Content-Type-Options: nosniff\n');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('names inline scripts by their hashes, and neither data nor files', () => {
    const html = page(
      '<script>a()</script><script type="module">b()</script><script src="/c.js"></script>' +
        '<script type="application/json">{"d":1}</script><script>a()</script>',
    );
    assert.deepEqual(inlineScriptHashes(html), [hashOf('a()'), hashOf('b()')].sort());
  });

  it('lets no other inline script run, and nothing load from elsewhere', () => {
    const policy = policyOf([hashOf('a()')]);
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    assert.equal(scripts, `script-src 'self' 'wasm-unsafe-eval' ${hashOf('a()')}`);
    assert.match(policy, /default-src 'self';/u);
    assert.doesNotMatch(policy, /https?:|\*/u);
  });

  it('gives each page its own hashes, and the header those of all', () => {
    writeFileSync(join(folder, 'one.html'), page('<script>one()</script>'));
    writeFileSync(join(folder, 'two.html'), page('<script>two()</script>'));
    addSecurityPolicy(folder);
    const one = readFileSync(join(folder, 'one.html'), 'utf8');
    assert.ok(one.includes(hashOf('one()')));
    assert.ok(!one.includes(hashOf('two()')));
    assert.ok(one.indexOf('Content-Security-Policy') < one.indexOf('<script>'));
    const sent = policyIn(readFileSync(join(folder, '_headers'), 'utf8')) ?? '';
    assert.ok(sent.includes(hashOf('one()')) && sent.includes(hashOf('two()')));
    // A tag with it is ignored, and complained about.
    assert.match(sent, /; frame-ancestors 'self'$/u);
    assert.ok(!one.includes('frame-ancestors'));
  });

  it('fails on a page that has no place for it', () => {
    writeFileSync(join(folder, 'odd.html'), '<html><body></body></html>');
    assert.throws(() => addSecurityPolicy(folder), /odd\.html: expected <meta charset/u);
  });

  it('fails on a policy that is too long for static hosts', () => {
    const scripts = Array.from({ length: 60 }, (_, index) => `<script>f(${String(index)})</script>`);
    writeFileSync(join(folder, 'long.html'), page(scripts.join('')));
    assert.throws(() => addSecurityPolicy(folder), /Expected a policy of at most 2000 characters/u);
  });
});
