import { words } from '#words/timeline';
import css from '../../styles/timeline.css?inline';
import { describeMoment, describeRow, rowAt, tableText } from './described.ts';
import { drawTimeline, scaleOf } from './drawing/draw-timeline.ts';
import { niceStep, type TimelineView } from './drawing/scale.ts';
import { makeTimeline, zeroOf, type TimelineModel, type TimelineRow, type Wiring } from './model.ts';
import { listenToTimeline } from './parts/controls.ts';
import { showIcon } from './parts/icons.ts';
import { placeTimeline, removeTimeline, type TimelinePlace } from './parts/place-timeline.ts';
import { Sight } from './parts/sight.ts';
import { Teller } from './parts/teller.ts';
import { makeTimelineParts, type TimelineParts } from './parts/timeline-parts.ts';
import { TimelineTable } from './parts/timeline-table.ts';
import { Playback } from './playback.ts';
import { saveSvg } from './save-svg.ts';
import { TraceStore, type TraceOfRun } from '../trace/trace-store.ts';
import { moment } from './words.ts';

/** A run that goes on is drawn so often; for a reader who wants less motion, in steps. */
const DRAW_EVERY_MS = 100;
const STEPPED_EVERY_MS = 1000;
/** The least stretch of time that is shown. */
const LEAST_LIVE_MS = 1000;
const LEAST_MS = 1;
const MOST_ZOOM = 4096;
const SAVED_WIDTH = 1000;
/** So much longer than a run is what is shown of it: what stands at its end has room for its words. */
const ROOM = 1.18;

/** What a timeline is of. */
export interface TimelineOptions {
  /** Of the sandbox. */
  readonly title: string;
  /** Beside the heading, and in what is copied. */
  readonly facts: string;
  readonly wiring: Wiring;
  /** Looks like paper, since it is not live. */
  readonly recorded: boolean;
  /** Name of a saved file, without ending. */
  readonly file: string;
  /** What was said and typed, as text; copied with the table. */
  readonly session: () => string;
}

let timelines = 0;

/**
 * Lanes, controls and table of one run at a time: live while it runs; after it, or while it waits, to be scrubbed, stepped,
 * zoomed and replayed. It draws only while it is seen.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  readonly #parts: TimelineParts;
  readonly #table: TimelineTable;
  readonly #teller: Teller;
  readonly #id: string;
  readonly #listeners = new AbortController();
  readonly #observer: IntersectionObserver;
  readonly #resized: ResizeObserver;
  readonly #sight = new Sight();
  readonly #playback: Playback;
  #trace: TraceOfRun = new TraceStore(0);
  /** Timelines on the same clock; this one is among them. */
  #peers: readonly Timeline[] = [this];
  #model: TimelineModel;
  /** The moment that the reader looks at; undefined follows the run. */
  #cursor: number | undefined;
  #selected: string | undefined;
  #proofs: ReadonlySet<string> = new Set();
  #zoom = 1;
  #drawnAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;

  constructor(options: TimelineOptions, place: TimelinePlace) {
    timelines += 1;
    this.#id = `timeline-${String(timelines)}`;
    this.#options = options;
    this.#parts = makeTimelineParts(options.title);
    const { section, lanes, table, rows, words: line, status } = this.#parts;
    this.#table = new TimelineTable(table, rows);
    this.#teller = new Teller(line, status);
    this.#model = makeTimeline(this.#trace, options.wiring, 0);
    this.#playback = new Playback({
      everyMs: () => (stepped() ? STEPPED_EVERY_MS : DRAW_EVERY_MS / 3),
      length: () => this.#length,
      lookAt: (at) => this.#lookAt(at, false),
      onToggle: (plays) => this.#showPlaying(plays),
    });
    addStyle();
    placeTimeline(this.#parts, place, options.facts, options.recorded);
    this.#observer = new IntersectionObserver((entries) => {
      this.#sight.take(entries);
      this.changed();
    });
    for (const part of [section, table]) this.#observer.observe(part);
    this.#resized = new ResizeObserver(() => this.changed());
    this.#resized.observe(lanes);
    this.#listen();
  }

  /** Shows another run from now on. */
  show(trace: TraceOfRun): void {
    this.#trace = trace;
    this.#zoom = 1;
    this.#follow();
  }

  /** Shows its run on one clock with others: they begin together, are as long, and are looked at in the same moment. */
  share(timelines: Iterable<unknown>): void {
    this.#peers = [...timelines].filter((timeline) => timeline instanceof Timeline);
    this.changed();
  }

  /** The rows that answer a question are marked. @param keys of rows, see `keyOf` */
  mark(keys: Iterable<string>): void {
    this.#proofs = new Set(keys);
    this.changed();
  }

  /** The trace has grown, or something else about what is seen. */
  changed(): void {
    if (!this.#sight.any || document.hidden || this.#frame !== undefined || this.#timer !== undefined) return;
    const wait = this.#drawnAt + (stepped() ? STEPPED_EVERY_MS : DRAW_EVERY_MS) - performance.now();
    if (wait <= 0 || this.#cursor !== undefined || this.#isOver) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = undefined;
        this.#draw();
      });
    } else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.changed();
      }, wait);
    }
  }

  /** Takes it out of the page. */
  remove(): void {
    this.#listeners.abort();
    this.#observer.disconnect();
    this.#resized.disconnect();
    clearTimeout(this.#timer);
    this.#teller.end();
    this.#playback.stop();
    removeTimeline(this.#parts);
  }

  #listen(): void {
    const { signal } = this.#listeners;
    listenToTimeline(
      this.#parts,
      {
        step: (by) => this.#step(by),
        toggleReplay: () => this.#playback.toggle(this.#cursor),
        zoomBy: (factor) => this.#zoomBy(factor),
        showWhole: () => this.#showWhole(),
        save: () => this.#save(),
        copy: () => {
          void this.#copy();
        },
        scrub: (at) => {
          this.#playback.stop();
          this.#lookAt(at, true);
        },
        momentAt: (x) => scaleOf(this.#model, this.#view()).momentAt(x),
        selectAt: (target) => this.#selectAt(target),
      },
      signal,
    );
    document.addEventListener('visibilitychange', () => this.changed(), { signal });
    // For paper it is drawn where it was never on the screen. The one comes from printing, the other from a preview too.
    globalThis.addEventListener('beforeprint', () => this.#draw(), { signal });
    matchMedia('print').addEventListener('change', () => this.#draw(), { signal });
  }

  #step(by: 1 | -1): void {
    this.#playback.stop();
    const { rows } = this.#model;
    const at = rows.findIndex(({ key }) => key === this.#selected);
    const from = at === -1 ? (by === 1 ? -1 : rows.length) : at;
    const row = rows[Math.min(Math.max(from + by, 0), rows.length - 1)];
    if (row !== undefined) this.#select(row);
  }

  #select(row: TimelineRow): void {
    this.#selected = row.key;
    this.#cursor = row.to;
    this.#lead();
    this.#teller.say(describeRow(this.#model, row), true);
    this.#draw();
    this.#table.reveal(row.key);
  }

  #selectAt(target: EventTarget | null): boolean {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
    const row = this.#model.rows.find((candidate) => candidate.key === key);
    if (row === undefined) return false;
    this.#playback.stop();
    this.#select(row);
    return true;
  }

  #lookAt(at: number, announce: boolean): void {
    this.#cursor = Math.min(Math.max(at, 0), this.#length);
    this.#selected = rowAt(this.#model, this.#cursor)?.key;
    this.#lead();
    this.#teller.say(describeMoment(this.#model, this.#cursor), announce);
    this.#draw();
    if (this.#selected !== undefined) this.#table.reveal(this.#selected);
  }

  #showPlaying(plays: boolean): void {
    const { controls } = words;
    const icon = plays ? 'pause' : 'replay';
    showIcon(this.#parts.tools.replay, icon, controls[icon]);
  }

  #zoomBy(factor: number): void {
    this.#zoom = Math.min(Math.max(this.#zoom * factor, 1), MOST_ZOOM);
    this.#lead();
    this.#draw();
  }

  /** The whole run, and on with it if it is not over. */
  #showWhole(): void {
    this.#zoom = 1;
    this.#follow();
  }

  #follow(): void {
    this.#playback.stop();
    this.#cursor = undefined;
    this.#selected = undefined;
    this.#teller.say('', false);
    this.#drawnAt = -Infinity;
    this.#lead();
    this.changed();
  }

  /** The others look where this one does. */
  #lead(): void {
    for (const peer of this.#peers) {
      if (peer === this) continue;
      peer.#zoom = this.#zoom;
      peer.#cursor = this.#cursor;
      peer.#selected = undefined;
      peer.#teller.say(this.#cursor === undefined ? '' : describeMoment(peer.#model, this.#cursor), false);
      peer.#drawnAt = -Infinity;
      peer.changed();
    }
  }

  /** Where 0 is on the clock of the trace. */
  get #zero(): number | undefined {
    const begun = this.#peers.flatMap((peer) => (peer.#trace.rows.length > 0 ? [zeroOf(peer.#trace)] : []));
    return begun.length > 0 ? Math.min(...begun) : undefined;
  }

  /** Of the longest run on this clock. */
  get #length(): number {
    return Math.max(...this.#peers.map((peer) => peer.#model.length));
  }

  /** All runs on this clock are over. */
  get #isOver(): boolean {
    return this.#peers.every((peer) => peer.#model.ended);
  }

  /** The stretch of time that is seen. */
  #stretch(): { readonly from: number; readonly to: number } {
    const [length, ended] = [this.#length, this.#isOver];
    // Live, the scale changes now and then, not all the time.
    const whole = ended ? Math.max(length * ROOM, LEAST_MS) : Math.max(niceStep(length * 1.05), LEAST_LIVE_MS);
    const shown = whole / this.#zoom;
    const middle = this.#cursor ?? length;
    const from = Math.min(Math.max(middle - shown / 2, 0), whole - shown);
    return { from, to: from + shown };
  }

  #view(): TimelineView {
    return {
      width: this.#parts.lanes.clientWidth,
      scale: textScale(),
      ...this.#stretch(),
      cursor: this.#cursor,
      selected: this.#selected,
      id: this.#id,
    };
  }

  #draw(): void {
    const { lanes, ends, moment: slider, tools } = this.#parts;
    this.#model = makeTimeline(this.#trace, this.#options.wiring, now(), this.#zero);
    this.#drawnAt = performance.now();
    this.#table.show(this.#model, this.#selected, this.#proofs);
    // In a panel that is not chosen there is nothing to draw on.
    if (lanes.clientWidth > 0) {
      lanes.innerHTML = drawTimeline(this.#model, this.#view());
      lanes.firstElementChild?.setAttribute('aria-hidden', 'true');
    }
    const said = this.#whoHoldsWhat();
    if (ends.textContent !== said) {
      ends.textContent = said;
      ends.title = said;
    }
    slider.max = String(this.#length);
    slider.value = String(this.#cursor ?? this.#length);
    slider.setAttribute('aria-valuetext', moment(this.#cursor ?? this.#length));
    tools.zoomIn.ariaDisabled = this.#zoom >= MOST_ZOOM ? 'true' : null;
    tools.zoomOut.ariaDisabled = this.#zoom <= 1 ? 'true' : null;
    // A run grows also while no call comes: a read that waits.
    if (!this.#isOver && this.#peers.some((peer) => peer.#trace.rows.length > 0)) this.changed();
  }

  /** What the lanes have no room for. */
  #whoHoldsWhat(): string {
    if (this.#trace.rows.length === 0 && !this.#model.ended) return words.starting;
    return words.ends.of(this.#model.stream.label, this.#model.stream.ends);
  }

  #save(): void {
    const whole = makeTimeline(this.#trace, this.#options.wiring, now());
    const drawing = drawTimeline(whole, {
      width: SAVED_WIDTH,
      scale: 1,
      from: 0,
      to: Math.max(whole.length * ROOM, LEAST_MS),
      cursor: undefined,
      selected: undefined,
      id: this.#id,
    });
    const { title, facts, file } = this.#options;
    saveSvg(drawing, words.facts.titled(title, facts), css, this.#parts.section, file);
  }

  async #copy(): Promise<void> {
    const { title, facts, session } = this.#options;
    const parts = [
      `${words.facts.titled(title, facts)}\n${this.#model.stream.label}`,
      session(),
      tableText(this.#model),
    ];
    const text = `${parts.filter((part) => part !== '').join('\n\n')}\n`;
    try {
      await navigator.clipboard.writeText(text);
      this.#teller.say(words.copied, true);
    } catch {
      this.#teller.say(words.notCopied, true);
    }
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The reader's text size, where 1 is 16 px. */
function textScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

function stepped(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

let style: HTMLStyleElement | undefined;

function addStyle(): void {
  if (style !== undefined) return;
  style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
}
