import { escape, n, textWidth, type Scale } from './scale.ts';

/** A place in a lane that is taken: others keep clear of it, but for its owner. */
interface Taken {
  readonly owner: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Between two texts. */
const APART = 6;

/** The texts of one line. None comes over another, over what somebody else has drawn there, or over an edge. */
export class Labels {
  readonly #scale: Scale;
  readonly #y: number;
  readonly #taken: Taken[] = [];

  /** @param y the texts' baseline */
  constructor(scale: Scale, y: number) {
    this.#scale = scale;
    this.#y = y;
  }

  /** Nobody's text but the owner's comes over this place. */
  keepClear(from: number, to: number, owner?: string): void {
    this.#taken.push({ owner, from, to });
  }

  /** The first of the texts that there is room for right of a place, or else left of it; empty if there is none. */
  beside(texts: readonly string[], x: number, gap: number, owner?: string): string {
    for (const text of texts) {
      const width = this.#width(text);
      for (const from of [x + gap, x - gap - width]) {
        if (this.isFree(from, from + width, owner)) return this.#put(text, from, width);
      }
    }
    return '';
  }

  /** The first of the texts that there is room for right of a place. */
  after(texts: readonly string[], x: number, gap: number): string {
    for (const text of texts) {
      const width = this.#width(text);
      if (this.isFree(x + gap, x + gap + width)) return this.#put(text, x + gap, width);
    }
    return '';
  }

  /** The first of the texts that fits between two places, in the middle of what is seen of them and on cleared ground. */
  inside(texts: readonly string[], from: number, to: number, owner: string): string {
    const { left, view } = this.#scale;
    const [start, end] = [Math.max(from, left), Math.min(to, view.width)];
    const room = this.#scale.s(APART);
    for (const text of texts) {
      const width = this.#width(text);
      const at = (start + end - width) / 2;
      if (width + 2 * room > end - start || !this.isFree(at, at + width, owner)) continue;
      const height = this.#scale.s(14);
      const ground = `<rect class="clear" x="${n(at - room / 2)}" y="${n(this.#y - this.#scale.s(11))}" width="${n(width + room)}" height="${n(height)}"/>`;
      return ground + this.#put(text, at, width);
    }
    return '';
  }

  #width(text: string): number {
    return textWidth(text, this.#scale.view.scale);
  }

  /** Nothing is there yet. */
  isFree(from: number, to: number, owner?: string): boolean {
    if (from < this.#scale.left || to > this.#scale.view.width) return false;
    return this.#taken.every(
      (other) => to <= other.from || from >= other.to || (owner !== undefined && other.owner === owner),
    );
  }

  #put(text: string, from: number, width: number): string {
    const room = this.#scale.s(APART);
    this.#taken.push({ owner: undefined, from: from - room, to: from + width + room });
    return `<text x="${n(from)}" y="${n(this.#y)}">${escape(text)}</text>`;
  }
}
