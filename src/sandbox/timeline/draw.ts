/**
 * The lanes as SVG text: for the page, for print, and for a file. No DOM here. What a shape looks like is in timeline.css;
 * each outcome has a shape and words of its own, so that nothing hangs on colour.
 */
import { words } from '#words/timeline';
import { words as numbers } from '#words/numbers';
import type { Bar, BarShape, Mark, PluginLane, StreamLane, TimelineModel } from './model.ts';

/** What of the model is drawn, and where. */
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

const FONT = 12;
/** The monospace fonts of the site are this wide, in ems. */
const CHAR = 0.62;
/** Marks that combine with a letter, of which the first is U+0300. */
const MARK = /^\p{M}$/u;
const FIRST_MARK = 0x300;
/** Shapes nearer than this to the one before are drawn as ticks, so that it stays readable. */
const CROWDED = 11;

/** Draws a run. */
export function drawTimeline(model: TimelineModel, view: TimelineView): string {
  const drawing = new Drawing(view);
  drawing.you(model.you);
  drawing.stream(model.stream, model.length);
  for (const lane of model.plugins) drawing.plugin(lane);
  if (model.plugins.length === 0) drawing.plugin({ module: 1, label: words.plugin, bars: [] });
  return drawing.finish(model);
}

/** A text that has its place; others must not come over it. */
interface Taken {
  /** Whose text it is; undefined for what stays where it is. */
  readonly owner: string | undefined;
  readonly from: number;
  readonly to: number;
}

class Drawing {
  readonly #view: TimelineView;
  readonly #parts: string[] = [];
  /** Where the next lane begins. */
  #y = 0;

  constructor(view: TimelineView) {
    this.#view = view;
  }

  you(marks: readonly Mark[]): void {
    const line = this.#lane(words.you, 34);
    const labels = new Labels(this.#view);
    for (const mark of marks) labels.keepClear(this.#x(mark.at), this.#s(7));
    let crowded = -Infinity;
    for (const mark of marks) {
      const x = this.#x(mark.at);
      if (!this.#isSeen(mark.at, mark.at)) continue;
      const y = line + this.#s(10);
      this.#put(`<g class="act act-${mark.kind}" data-key="${mark.key}">`);
      this.#put(`<path class="drop" d="M${n(x)} ${n(y)}V${n(line + this.#s(400))}"/>`);
      if (x - crowded >= this.#s(CROWDED)) {
        this.#put(glyph(mark.kind, x, y, this.#s(1)));
        crowded = x;
      }
      this.#put(labels.beside([mark.label, mark.short], x, this.#s(9), y + this.#s(4)));
      this.#put('</g>');
    }
  }

  stream(stream: StreamLane, length: number): void {
    const top = this.#lane(stream.label, 36);
    const bottom = top + this.#s(28);
    const height = this.#s(18);
    const most = Math.max(1, ...stream.levels.map(({ bytes }) => bytes));
    const y = (bytes: number): number => bottom - (bytes / most) * height;
    const end = this.#x(stream.closedAt ?? length);
    let path = `M${n(this.#x(0))} ${n(bottom)}`;
    for (const { at, bytes } of stream.levels) path += `H${n(this.#x(at))}V${n(y(bytes))}`;
    path += `H${n(this.#x(length))}`;
    this.#put(`<path class="level" d="${path}V${n(bottom)}Z"/>`);
    this.#put(`<path class="pipe" d="M${n(this.#x(0))} ${n(bottom)}H${n(end)}"/>`);
    if (stream.closedAt !== undefined && this.#isSeen(stream.closedAt, stream.closedAt)) {
      this.#put(`<g class="act-closed">${glyph('closed', end, bottom - this.#s(6), this.#s(1))}</g>`);
    }
    const labels = new Labels(this.#view);
    for (const { at, bytes } of stream.levels.slice(-40)) {
      if (bytes === 0 || !this.#isSeen(at, at)) continue;
      this.#put(labels.placeFirst([words.bytes(bytes), String(bytes)], this.#x(at) + this.#s(4), top + this.#s(10)));
    }
  }

  plugin(lane: PluginLane): void {
    const top = this.#lane(lane.label, 62);
    const above = top + this.#s(4);
    const height = this.#s(18);
    const below = top + this.#s(50);
    const seen = lane.bars.filter(({ from, to }) => this.#isSeen(from, to));
    const writes = seen.filter(({ shape, waited }) => shape === 'write' && !waited);
    const others = seen.filter((bar) => !writes.includes(bar));

    // Calls that waited, and blocks of calls, have a length; then what they came to, at their ends.
    for (const bar of others) {
      const length = Math.max(this.#s(2), this.#x(bar.to) - this.#x(bar.from));
      const isBlock = BLOCKS.has(bar.shape);
      if (!bar.waited && !isBlock) continue;
      const fill = isBlock ? 'block' : 'wait';
      this.#put(
        `<rect class="${fill} ${fill}-${bar.shape}${this.#mark(bar)}" data-key="${bar.key}" x="${n(this.#x(bar.from))}" y="${n(above)}" width="${n(length)}" height="${n(height)}" fill="url(#${this.#view.id}-${fill})"/>`,
      );
    }
    const ticks = new Ticks();
    let crowded = -Infinity;
    let before: BarShape | undefined;
    for (const bar of others) {
      if (BLOCKS.has(bar.shape) || bar.shape === 'waiting') continue;
      const isLoud = (LOUD.has(bar.shape) && bar.shape !== before) || bar.key === this.#view.selected;
      const place = this.#x(bar.to);
      const isCrowded = place - crowded < this.#s(CROWDED) && !isLoud;
      // What must be seen moves aside.
      const x = isLoud ? Math.max(place, Math.min(crowded + this.#s(CROWDED + 1), place + this.#s(40))) : place;
      before = bar.shape;
      if (isCrowded) {
        ticks.add(bar.shape, x, above, height);
        continue;
      }
      crowded = x;
      this.#put(`<g class="call call-${bar.shape}${this.#mark(bar)}" data-key="${bar.key}">`);
      this.#put(`${glyph(bar.shape, x, above + height / 2, this.#s(1))}</g>`);
    }
    this.#labels(others, above + height + this.#s(12));

    crowded = -Infinity;
    const labels = new Labels(this.#view);
    for (const bar of writes) labels.keepClear(this.#x(bar.to), this.#s(6));
    for (const bar of writes) {
      const x = this.#x(bar.to);
      const isCrowded = x - crowded < this.#s(CROWDED) && bar.key !== this.#view.selected;
      if (isCrowded) {
        ticks.add(bar.shape, x, below - this.#s(5), this.#s(10));
        continue;
      }
      crowded = x;
      this.#put(`<g class="call call-write${this.#mark(bar)}" data-key="${bar.key}">`);
      this.#put(glyph('write', x, below, this.#s(1)));
      this.#put(`${labels.beside([words.wrote(bar.short), bar.short], x, this.#s(8), below + this.#s(4))}</g>`);
    }
    this.#put(ticks.markup());
  }

  finish(model: TimelineModel): string {
    const { width, cursor, id, scale } = this.#view;
    this.#axis();
    const height = this.#y;
    if (cursor !== undefined) {
      const x = this.#x(cursor);
      this.#put(`<rect class="later" x="${n(x)}" y="0" width="${n(Math.max(0, width - x))}" height="${n(height)}"/>`);
      this.#put(`<path class="cursor" d="M${n(x)} 0V${n(height)}"/>`);
    }
    if (!model.ended && cursor === undefined) {
      const x = this.#x(model.length);
      this.#put(`<path class="now" d="M${n(x)} 0V${n(height)}"/>`);
    }
    const size = this.#s(7);
    const patterns =
      `<pattern id="${id}-wait" width="${n(size)}" height="${n(size)}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<path class="hatch" d="M0 0V${n(size)}"/></pattern>` +
      `<pattern id="${id}-block" width="${n(this.#s(3))}" height="${n(size)}" patternUnits="userSpaceOnUse">` +
      `<path class="comb" d="M0 0V${n(size)}"/></pattern>`;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" class="timeline-drawing" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" font-size="${n(FONT * scale)}">` +
      `<defs>${patterns}</defs>${this.#parts.join('')}</svg>`
    );
  }

  /** Starts a lane. Returns where it begins under its name. */
  #lane(label: string, height: number): number {
    const { width } = this.#view;
    const top = this.#y;
    this.#put(`<path class="rule" d="M0 ${n(top)}H${n(width)}"/>`);
    this.#put(`<text class="lane" x="0" y="${n(top + this.#s(14))}">${escape(label)}</text>`);
    this.#y = top + this.#s(18 + height);
    return top + this.#s(18);
  }

  /** The words of bars, the ones that matter most first, each where there is room. */
  #labels(bars: readonly Bar[], y: number): void {
    const labels = new Labels(this.#view);
    const weight = (bar: Bar): number =>
      (bar.key === this.#view.selected ? 1e9 : 0) +
      (bar.shape === 'waiting' ? 1e8 : 0) +
      (LOUD.has(bar.shape) ? 1e7 : 0) +
      (bar.waited ? bar.to - bar.from : 0);
    const heaviest = [...bars].sort((a, b) => weight(b) - weight(a)).slice(0, 60);
    const few = (bar: Bar): string => labels.place(bar.key, bar.short, this.#x(bar.to), y, 'end');
    const whole = (bar: Bar): string => {
      const hasLength = bar.waited || BLOCKS.has(bar.shape);
      const start = hasLength ? Math.max(0, this.#x(bar.from)) + this.#s(7) : this.#x(bar.to) - this.#s(5);
      return labels.place(bar.key, bar.label, start, y, 'start');
    };
    const texts = new Map<Bar, string>();
    // What is going on now and what is looked at is told in whole; of the others a few words each, and then the whole sentence
    // where it takes no other's room.
    for (const bar of heaviest) {
      const isFirst = bar.shape === 'waiting' || bar.key === this.#view.selected;
      texts.set(bar, (isFirst ? whole(bar) : '') || few(bar));
    }
    for (const bar of heaviest) {
      const text = whole(bar) || (texts.get(bar) ?? '');
      if (text !== '') this.#put(`<g class="words words-${bar.shape}" data-key="${bar.key}">${text}</g>`);
    }
  }

  #axis(): void {
    const { from, to, width } = this.#view;
    const y = this.#y;
    const wanted = Math.max(2, Math.floor(width / this.#s(90)));
    const step = niceStep((to - from) / wanted);
    this.#put(`<path class="rule" d="M0 ${n(y)}H${n(width)}"/><g class="axis">`);
    for (let tickAt = Math.ceil(from / step) * step; tickAt <= to; tickAt += step) {
      const x = this.#x(tickAt);
      const text = step >= 1000 ? numbers.seconds(tickAt, 0) : axisLabel(tickAt, step);
      this.#put(`<path class="rule" d="M${n(x)} ${n(y)}v${n(this.#s(5))}"/>`);
      if (x + textWidth(text, this.#view) < width) {
        this.#put(`<text x="${n(x + this.#s(2))}" y="${n(y + this.#s(15))}">${text}</text>`);
      }
    }
    this.#put('</g>');
    this.#y += this.#s(20);
  }

  #mark({ key }: Bar): string {
    return key === this.#view.selected ? ' selected' : '';
  }

  #isSeen(from: number, to: number): boolean {
    return to >= this.#view.from && from <= this.#view.to;
  }

  #x(at: number): number {
    const { from, to, width } = this.#view;
    const x = ((at - from) / (to - from)) * (width - this.#s(12)) + this.#s(6);
    // Numbers far outside are no use to a renderer.
    return Math.min(Math.max(x, -100), width + 100);
  }

  #s(pixels: number): number {
    return pixels * this.#view.scale;
  }

  #put(part: string): void {
    this.#parts.push(part);
  }
}

/** Texts of one line that keep clear of each other and of the edges. */
class Labels {
  readonly #view: TimelineView;
  readonly #taken: Taken[] = [];
  readonly #clear: Taken[] = [];

  constructor(view: TimelineView) {
    this.#view = view;
  }

  /** No text of another comes over this place. */
  keepClear(x: number, radius: number): void {
    this.#clear.push({ owner: undefined, from: x - radius, to: x + radius });
  }

  /** A text right of a place, or left of it. */
  beside(texts: readonly string[], x: number, gap: number, y: number): string {
    for (const text of texts) {
      const width = textWidth(text, this.#view);
      for (const from of [x + gap, x - gap - width]) {
        if (this.#isFree(from, from + width, this.#clear)) return this.#put(undefined, text, from, width, y);
      }
    }
    return '';
  }

  /** The first of the texts that there is room for right of a place, as markup; empty if there is none. */
  placeFirst(texts: readonly string[], x: number, y: number): string {
    for (const text of texts) {
      const placed = this.place(undefined, text, x, y, 'start');
      if (placed !== '') return placed;
    }
    return '';
  }

  /** A text as markup, in place of the one before of the same owner; empty if there is no room. */
  place(owner: string | undefined, text: string, x: number, y: number, anchor: 'start' | 'end'): string {
    const width = textWidth(text, this.#view);
    const wanted = anchor === 'start' ? x : x - width;
    // A text may be pushed inwards by the edge, but not away from what it belongs to.
    const from = Math.max(0, Math.min(wanted, this.#view.width - width));
    if (Math.abs(from - wanted) >= width || !this.#isFree(from, from + width, [], owner)) return '';
    return this.#put(owner, text, from, width, y);
  }

  #isFree(from: number, to: number, clear: readonly Taken[], owner?: string): boolean {
    const isApart = (other: Taken): boolean =>
      to <= other.from || from >= other.to || (owner !== undefined && other.owner === owner);
    return from >= 0 && to <= this.#view.width && this.#taken.every(isApart) && clear.every(isApart);
  }

  #put(owner: string | undefined, text: string, from: number, width: number, y: number): string {
    const before = this.#taken.findIndex((taken) => owner !== undefined && taken.owner === owner);
    if (before !== -1) this.#taken.splice(before, 1);
    this.#taken.push({ owner, from, to: from + width + 6 * this.#view.scale });
    return `<text x="${n(from)}" y="${n(y)}">${escape(text)}</text>`;
  }
}

/** Calls in a crowd: a thin line for each, and one element for all of a shape. */
class Ticks {
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

const BLOCKS: ReadonlySet<BarShape> = new Set(['start-up', 'upkeep', 'flood', 'earlier']);
/** Never left out in a crowd. */
const LOUD: ReadonlySet<BarShape> = new Set(['eof', 'error', 'exit', 'broken', 'cut']);

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
};

function glyph(shape: string, x: number, y: number, scale: number): string {
  return `<path class="glyph" transform="translate(${n(x)} ${n(y)})${scale === 1 ? '' : ` scale(${n(scale)})`}" fill-rule="evenodd" d="${GLYPHS[shape] ?? GLYPHS['done'] ?? ''}"/>`;
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.001)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

function axisLabel(at: number, step: number): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  if (step < 10 || at < 1000) return numbers.milliseconds(at, digits);
  return numbers.seconds(at, step >= 100 ? 1 : 2);
}

function textWidth(text: string, { scale }: TimelineView): number {
  let width = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    // An accent that stands over the letter before it takes no room.
    if (point < FIRST_MARK || !MARK.test(character)) width += point >= 0x2e80 ? 1.05 : CHAR;
  }
  return width * FONT * scale;
}

/** A number with as many digits as a screen can show. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text of a program, made safe for markup. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
