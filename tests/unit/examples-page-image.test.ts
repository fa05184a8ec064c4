/** The picture of a page for links elsewhere. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageImage, pageImageSvg } from '../../src/examples/page-image.ts';

describe('picture of a page', () => {
  test('is a PNG of 1200 by 630 pixels', async () => {
    const png = Buffer.from(await pageImage('Two pipes, not one'));
    assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630]);
  });

  test('needs no font of the machine', () => {
    const svg = pageImageSvg('Two pipes, not one');
    assert.doesNotMatch(svg, /<text|font/u);
  });

  test('shows the title', () => assert.notEqual(pageImageSvg('Pipes wait'), pageImageSvg('Buffers end')));

  test('a letter that the font lacks is named', () =>
    assert.throws(() => pageImageSvg('Pipes 待つ'), /found none for “待”/u));

  test('a title that does not fit is told so', () =>
    assert.throws(
      () => pageImageSvg('A title that goes on '.repeat(9).trim()),
      /expected a title that fits its picture/u,
    ));
});
