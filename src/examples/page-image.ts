/**
 * The picture that goes with a link to a page elsewhere (`og:image`): the page's title beside the site's two marks. The
 * letters are drawn from the site's own font, as outlines, so a machine without fonts makes the same picture.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkitten';
import sharp from 'sharp';

/** Pixels; the size that the places which show such pictures ask for. */
export const pageImageSize = { width: 1200, height: 630 } as const;

const fontFile = 'src/assets/fonts/zilla-slab-600.woff2';
const margin = 88;
/** Of the last line of a title, whatever the number of lines. */
const baseline = 530;
/** What a title may take above that, below the site's name. */
const titleHeight = 340;
/** From one line to the next, in the letters' size. */
const leading = 1.08;
// Those of the dark theme in tokens.css; the two bright ones are the marks of favicon.svg.
const colours = {
  ground: '#14110d',
  strong: '#fbf6ea',
  soft: '#b3a894',
  waiting: '#ffb627',
  ended: '#ff8fd0',
} as const;

let loaded: Font | undefined;

/** @throws Error that names the font, if it is not one that can be drawn with. */
function siteFont(root: string): Font {
  if (loaded !== undefined) return loaded;
  const font = create(readFileSync(join(root, fontFile)));
  if (font.isCollection)
    throw new Error(`${fontFile}: expected one font, found a collection. Take one font out of it.`);
  loaded = font;
  return font;
}

/** @returns pixels that a line takes at a size in pixels. */
function widthOf(font: Font, text: string, size: number): number {
  const units = font.glyphsForString(text).reduce((sum, { advanceWidth }) => sum + advanceWidth, 0);
  return (units * size) / font.unitsPerEm;
}

/** @returns an SVG path for a line that begins at x, with its baseline at y. */
function outline(font: Font, text: string, at: { x: number; y: number; size: number; fill: string }): string {
  for (const letter of text) {
    if (!font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)) {
      throw new Error(
        `${fontFile}: expected every letter of “${text}”, found none for “${letter}”. Write the title without it, or cut the font anew.`,
      );
    }
  }
  const scale = at.size / font.unitsPerEm;
  let x = at.x;
  const paths = font.glyphsForString(text).map(({ path, advanceWidth }) => {
    // A font's y goes up.
    const data = path.transform(scale, 0, 0, -scale, x, at.y).toSVG();
    x += advanceWidth * scale;
    return data;
  });
  return `<path fill="${at.fill}" d="${paths.join('')}"/>`;
}

/** @returns the words in lines that are no wider than they may be; a longer word has a line of its own. */
function wrap(font: Font, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(font, `${last} ${word}`, size) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * @param title of the page; it takes the largest letters in which it fits.
 * @returns the picture, before it is made of pixels.
 */
export function pageImageSvg(title: string, { root = process.cwd() }: { readonly root?: string } = {}): string {
  const font = siteFont(root);
  const { width, height } = pageImageSize;
  const room = width - 2 * margin;
  const fitting = [128, 112, 96, 80]
    .map((size) => ({ size, lines: wrap(font, title, size, room) }))
    .find(
      ({ size, lines }) =>
        (lines.length - 1) * leading * size + font.capHeight * (size / font.unitsPerEm) <= titleHeight &&
        lines.every((line) => widthOf(font, line, size) <= room),
    );
  if (fitting === undefined) {
    throw new Error(`“${title}”: expected a title that fits its picture, found a longer one. Shorten it.`);
  }
  const { size, lines } = fitting;
  const first = baseline - (lines.length - 1) * leading * size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}">`,
    `<path fill="${colours.ground}" d="M0 0h${String(width)}v${String(height)}H0z"/>`,
    // As in the site's header: two bars for a read that waits, the final bar line for one that has ended.
    `<g transform="translate(${String(margin)} 82) scale(2.6)">`,
    `<path fill="${colours.waiting}" d="M0 2h5v20H0zM9 2h5v20H9z"/><path fill="${colours.ended}" d="M20 2h2v20h-2zM25 2h8v20h-8z"/>`,
    '</g>',
    outline(font, 'Block or EOF?', { x: margin + 112, y: 129, size: 50, fill: colours.soft }),
    ...lines.map((line, index) =>
      outline(font, line, { x: margin, y: first + index * leading * size, size, fill: colours.strong }),
    ),
    `<path fill="${colours.waiting}" d="M0 ${String(height - 24)}h600v24H0z"/>`,
    `<path fill="${colours.ended}" d="M600 ${String(height - 24)}h600v24H600z"/>`,
    '</svg>',
  ].join('');
}

/** @returns the picture as PNG. */
export async function pageImage(
  title: string,
  options: { readonly root?: string } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = pageImageSize;
  const png = await sharp(Buffer.from(pageImageSvg(title, options)))
    .resize(width, height)
    .png({ palette: true })
    .toBuffer();
  return new Uint8Array(png);
}
