import type { BarShape } from '../bars.ts';
import { n } from './scale.ts';

/** Paths around 0, 0, in a box of about 10 by 14. */
const GLYPHS: Readonly<Record<string, string>> = {
  // A drop that arrived: filled circle.
  data: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
  // The end of the line: thin bar, thick bar.
  eof: 'M-4-9h2v18h-2zM0-9h5v18h-5z',
  closed: 'M-4-9h2v18h-2zM0-9h5v18h-5z',
  error: 'M-6-4l2-2 4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4z',
  broken: 'M-6-4l2-2 4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4z',
  exit: 'M-6-7h12v14h-12zM-3-4v8h6v-8z',
  cut: 'M-5-9h3l-3 6h4l-4 6h4l-3 6h8v-18z',
  stopped: 'M-5-5h10v10h-10z',
  write: 'M0-6l6 11h-12z',
  typed: 'M-6-6h12v9h-4l-2 4-2-4h-4z',
  done: 'M0-5l5 5-5 5-5-5z',
  // Two lines: the program is over.
  ended: 'M-6-5h12v4h-12zM-6 1h12v4h-12z',
};

/** A sign that stands for what happened, at a place. */
export function glyph(shape: string, x: number, y: number, scale: number): string {
  return `<path class="glyph" transform="translate(${n(x)} ${n(y)})${scale === 1 ? '' : ` scale(${n(scale)})`}" fill-rule="evenodd" d="${GLYPHS[shape] ?? GLYPHS['done'] ?? ''}"/>`;
}

/** Calls in a crowd: a thin line for each, and one element for all of a shape. */
export class Ticks {
  readonly #paths = new Map<BarShape, Set<string>>();

  add(shape: BarShape, x: number, y: number, height: number): void {
    let paths = this.#paths.get(shape);
    if (paths === undefined) {
      paths = new Set();
      this.#paths.set(shape, paths);
    }
    paths.add(`M${n(x)} ${n(y)}v${n(height)}`);
  }

  markup(): string {
    return [...this.#paths]
      .map(([shape, paths]) => `<g class="call-${shape}"><path class="tick" d="${[...paths].join('')}"/></g>`)
      .join('');
  }
}
