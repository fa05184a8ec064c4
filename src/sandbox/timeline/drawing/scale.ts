import { words as numbers } from '#words/numbers';

/** What of a run is drawn, and where. */
export interface TimelineView {
  /** Pixels. */
  readonly width: number;
  /** Size of the reader's text, where 1 is 16 px. */
  readonly scale: number;
  /** The stretch of time that is seen, in milliseconds since the start. */
  readonly from: number;
  readonly to: number;
  /** A moment to mark; what is later is drawn faint. */
  readonly cursor: number | undefined;
  /** A row to mark. */
  readonly selected: string | undefined;
  /** Makes the ids in the drawing unique on a page. */
  readonly id: string;
}

export const FONT = 12;
/** The monospace fonts of the site are this wide, in ems. */
const CHAR = 0.62;
/** Marks that combine with a letter, of which the first is U+0300. */
const MARK = /^\p{M}$/u;
const FIRST_MARK = 0x300;
/** Time keeps so far from both edges. */
const MARGIN = 6;

/** Where moments and sizes lie in a drawing: the names of the lanes stand left of the time. */
export class Scale {
  readonly view: TimelineView;
  /** Where the time begins. */
  readonly left: number;

  /** @param names pixels that the names of the lanes take */
  constructor(view: TimelineView, names: number) {
    this.view = view;
    this.left = names;
  }

  x(at: number): number {
    const { from, to, width } = this.view;
    const x = this.#zero + ((at - from) / (to - from)) * this.#length;
    // Numbers far outside are no use to a renderer.
    return Math.min(Math.max(x, this.left), width + 100);
  }

  /** The moment at a place. */
  momentAt(x: number): number {
    const { from, to } = this.view;
    return from + ((x - this.#zero) / this.#length) * (to - from);
  }

  isSeen(from: number, to: number): boolean {
    return to >= this.view.from && from <= this.view.to;
  }

  /** @param pixels in the usual size of text */
  s(pixels: number): number {
    return pixels * this.view.scale;
  }

  get #zero(): number {
    return this.left + this.s(MARGIN);
  }

  get #length(): number {
    return this.view.width - this.left - this.s(2 * MARGIN);
  }
}

/** How wide a text is, in pixels. */
export function textWidth(text: string, scale: number): number {
  let width = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    // An accent that stands over the letter before it takes no room.
    if (point < FIRST_MARK || !MARK.test(character)) width += point >= 0x2e80 ? 1.05 : CHAR;
  }
  return width * FONT * scale;
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.001)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** A moment as the axis says it, where its marks are `step` milliseconds apart. */
export function axisLabel(at: number, step: number): string {
  if (step >= 1000) return numbers.seconds(at, 0);
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  if (step < 10 || at < 1000) return numbers.milliseconds(at, digits);
  return numbers.seconds(at, step >= 100 ? 1 : 2);
}

/** A number with as many digits as a screen can show. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text of a program, made safe for markup. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
