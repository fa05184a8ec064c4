import { words } from '#words/timeline';
import { BLOCKS, LOUD, type Bar, type BarShape } from '../bars.ts';
import type { PluginLane } from '../model.ts';
import { glyph, Ticks } from './glyphs.ts';
import { Labels } from './labels.ts';
import { CROWDED, type DrawnLane } from './lanes.ts';
import { escape, n, type Scale } from './scale.ts';

/** Within the lane: bars and their words, and under them what was written. */
const BAR_TOP = 2;
const BAR_HEIGHT = 18;
const WRITES = 29;
/** So many bars get words, the ones that matter most first. */
const WORDED = 60;

/** A plugin's calls: those that waited and those that are told together have a length, the others a sign. */
export function pluginLane(lane: PluginLane): DrawnLane {
  return {
    name: lane.label,
    shortName: lane.label,
    height: 40,
    draw: (scale, top) => new DrawnPlugin(scale, top, lane).markup(),
  };
}

/** A bar that is told by a sign, and where that stands. */
interface Sign {
  readonly bar: Bar;
  readonly x: number;
}

class DrawnPlugin {
  readonly #scale: Scale;
  readonly #top: number;
  readonly #bars: readonly Bar[];
  readonly #writes: readonly Bar[];
  readonly #ticks = new Ticks();
  /** Under the bars. */
  readonly #below: Labels;

  constructor(scale: Scale, top: number, { bars }: PluginLane) {
    this.#scale = scale;
    this.#top = top;
    const seen = bars.filter(({ from, to }) => scale.isSeen(from, to));
    this.#writes = seen.filter(({ shape, waited }) => shape === 'write' && !waited);
    this.#bars = seen.filter((bar) => !this.#writes.includes(bar));
    this.#below = new Labels(scale, top + scale.s(WRITES + 5));
  }

  markup(): string {
    const long = this.#bars.filter((bar) => bar.waited || BLOCKS.has(bar.shape));
    const signs = this.#placeSigns();
    return (
      long.map((bar) => this.#bar(bar)).join('') +
      signs.map(({ bar, x }) => this.#sign(bar, x, this.#top + this.#scale.s(BAR_TOP + BAR_HEIGHT / 2))).join('') +
      this.#words(long, signs) +
      this.#drawWrites() +
      this.#ticks.markup()
    );
  }

  #bar(bar: Bar): string {
    const { id } = this.#scale.view;
    const [from, to] = this.#ends(bar);
    const fill = BLOCKS.has(bar.shape) ? 'block' : 'wait';
    const pattern = bar.shape === 'start-up' ? '' : ` fill="url(#${id}-${bar.shape === 'eof-flood' ? 'flood' : fill})"`;
    return `<rect class="${fill} ${fill}-${bar.shape}${this.#mark(bar)}" data-key="${bar.key}" x="${n(from)}" y="${n(this.#top + this.#scale.s(BAR_TOP))}" width="${n(to - from)}" height="${n(this.#scale.s(BAR_HEIGHT))}"${pattern}/>`;
  }

  /** What calls came to, at their ends. In a crowd a sign becomes a tick, but what must be seen moves aside. */
  #placeSigns(): Sign[] {
    const scale = this.#scale;
    const signs: Sign[] = [];
    let crowded = -Infinity;
    let before: BarShape | undefined;
    for (const bar of this.#bars) {
      if (BLOCKS.has(bar.shape) || bar.shape === 'waiting') continue;
      const isLoud = (LOUD.has(bar.shape) && bar.shape !== before) || bar.key === scale.view.selected;
      const place = scale.x(bar.to);
      before = bar.shape;
      if (place - crowded < scale.s(CROWDED) && !isLoud) {
        this.#ticks.add(bar.shape, place, this.#top + scale.s(BAR_TOP), scale.s(BAR_HEIGHT));
        continue;
      }
      const x = isLoud ? Math.max(place, Math.min(crowded + scale.s(CROWDED + 1), place + scale.s(40))) : place;
      crowded = x;
      signs.push({ bar, x });
    }
    return signs;
  }

  #sign(bar: Bar, x: number, y: number): string {
    return `<g class="call call-${bar.shape}${this.#mark(bar)}" data-key="${bar.key}">${glyph(bar.shape, x, y, this.#scale.s(1))}</g>`;
  }

  /** The words of a bar stand inside it, those of a sign beside it, and neither over anything else. */
  #words(long: readonly Bar[], signs: readonly Sign[]): string {
    const scale = this.#scale;
    const labels = new Labels(scale, this.#top + scale.s(BAR_TOP + 13));
    for (const bar of long) labels.keepClear(...this.#ends(bar), bar.key);
    for (const { x } of signs) labels.keepClear(x - scale.s(7), x + scale.s(7));
    const places = new Map(signs.map(({ bar, x }) => [bar, x]));
    const weight = (bar: Bar): number =>
      (bar.key === scale.view.selected ? 1e9 : 0) +
      (bar.shape === 'waiting' ? 1e8 : 0) +
      (LOUD.has(bar.shape) || bar.shape === 'eof-flood' ? 1e7 : 0) +
      (bar.waited ? bar.to - bar.from : 0);
    const heaviest = [...this.#bars].sort((a, b) => weight(b) - weight(a)).slice(0, WORDED);
    return heaviest
      .map((bar) => {
        const [from, to] = this.#ends(bar);
        const isLong = bar.waited || BLOCKS.has(bar.shape);
        const x = places.get(bar);
        const inside = isLong ? labels.inside(bar.labels, from, to, bar.key) : '';
        // What came of a wait is told beside its sign where the bar has no room for it.
        const isTold = inside !== '' && bar.results.some((result) => inside.includes(escape(result)));
        const beside =
          isTold || x === undefined || (isLong && !LOUD.has(bar.shape))
            ? ''
            : labels.beside(bar.results, x, scale.s(9)) || this.#wordsBelow(bar, x);
        const text = inside + beside;
        return text === '' ? '' : `<g class="words words-${bar.shape}" data-key="${bar.key}">${text}</g>`;
      })
      .join('');
  }

  /** What must be seen finds a place under the bars, where there is none among them. */
  #wordsBelow({ shape, results }: Bar, x: number): string {
    return LOUD.has(shape) ? this.#below.beside(results, x, this.#scale.s(9)) : '';
  }

  #drawWrites(): string {
    const scale = this.#scale;
    const y = this.#top + scale.s(WRITES);
    const half = scale.s(6);
    const shown = this.#writes.filter(({ to }) => this.#below.isFree(scale.x(to) - half, scale.x(to) + half));
    for (const { to } of shown) this.#below.keepClear(scale.x(to) - half, scale.x(to) + half);
    let crowded = -Infinity;
    return shown
      .map((bar) => {
        const x = scale.x(bar.to);
        if (x - crowded < scale.s(CROWDED) && bar.key !== scale.view.selected) {
          this.#ticks.add(bar.shape, x, y - scale.s(5), scale.s(10));
          return '';
        }
        crowded = x;
        const sign = glyph('write', x, y, scale.s(0.8));
        const text = this.#below.beside([...bar.results.map(words.wrote), ...bar.results], x, scale.s(8));
        return `<g class="call call-write${this.#mark(bar)}" data-key="${bar.key}">${sign}${text}</g>`;
      })
      .join('');
  }

  #ends({ from, to }: Bar): [number, number] {
    const start = this.#scale.x(from);
    return [start, Math.max(start + this.#scale.s(2), this.#scale.x(to))];
  }

  #mark({ key }: Bar): string {
    return key === this.#scale.view.selected ? ' selected' : '';
  }
}
