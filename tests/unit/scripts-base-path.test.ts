import assert from 'node:assert/strict';
import { it } from 'node:test';
import { headersWithBase, parseBasePath, withBase } from '../../scripts/base-path.ts';

it('a base path begins and ends with a slash, however it is written', () => {
  for (const given of ['docs/streams', '/docs/streams', 'docs/streams/', '/docs//streams/']) {
    assert.equal(parseBasePath(given), '/docs/streams/');
  }
  assert.equal(parseBasePath(undefined), '/');
  assert.equal(parseBasePath('/'), '/');
  for (const given of ['https://a.example/', '/a b/', '/a?b/']) {
    assert.throws(() => parseBasePath(given), /Expected BASE_PATH to be a path of .*, found "/u);
  }
});

it('only addresses from the site’s root are put below it', () => {
  assert.equal(withBase('/pipes-wait/#key', '/docs/'), '/docs/pipes-wait/#key');
  for (const other of ['#key', 'https://a.example/', '//a.example/', 'pipes-wait/']) {
    assert.equal(withBase(other, '/docs/'), other);
  }
});

it('the paths of _headers are those of the domain, and nothing else of it changes', () => {
  const headers = '# For all.\n/*\n  Referrer-Policy: no-referrer\n/wasm/*.wasm\n  Cache-Control: a/b\n';
  assert.equal(headersWithBase(headers, '/'), headers);
  assert.equal(
    headersWithBase(headers, '/docs/'),
    '# For all.\n/docs/*\n  Referrer-Policy: no-referrer\n/docs/wasm/*.wasm\n  Cache-Control: a/b\n',
  );
});
