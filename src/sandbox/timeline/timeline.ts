import { words } from '#words/timeline';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import css from '../../styles/timeline.css?inline';
import { speakInTurn } from '../element/live-turns.ts';
import { showSentence } from '../run/verbatim.ts';
import { drawTimeline, niceStep, type TimelineView } from './draw.ts';
import {
  describeMoment,
  describeRow,
  makeTimeline,
  rowAt,
  tableText,
  type TimelineModel,
  type TimelineRow,
  zeroOf,
} from './model.ts';
import { saveSvg } from './save-svg.ts';
import { makeTimelineParts, type TimelineParts } from './timeline-parts.ts';
import { TimelineTable } from './timeline-table.ts';
import { TraceStore, type TraceOfRun } from '../trace/trace-store.ts';
import { moment } from './words.ts';

/** A run that goes on is drawn so often; for a reader who wants less motion, in steps. */
const DRAW_EVERY_MS = 100;
const STEPPED_EVERY_MS = 1000;
/** Between two announcements of a step. */
const ANNOUNCE_EVERY_MS = 1000;
/** The least stretch of time that is shown. */
const LEAST_LIVE_MS = 1000;
const LEAST_MS = 1;
const ZOOM_STEP = 2;
const MOST_ZOOM = 4096;
const SAVED_WIDTH = 1000;
/** So much longer than a run is what is shown of it: what stands at its end has a width. */
const ROOM = 1.06;

/** What a timeline is of. */
export interface TimelineOptions {
  /** Of the sandbox. */
  readonly title: string;
  /** Beside the heading, and in what is copied. */
  readonly facts: string;
  readonly stream: StreamKind | undefined;
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
  readonly #id: string;
  readonly #listeners = new AbortController();
  readonly #observer: IntersectionObserver;
  readonly #resized: ResizeObserver;
  #trace: TraceOfRun = new TraceStore(0);
  /** Timelines on the same clock; this one is among them. */
  #peers: readonly Timeline[] = [this];
  #model: TimelineModel;
  /** The moment that the reader looks at; undefined follows the run. */
  #cursor: number | undefined;
  #selected: string | undefined;
  #proofs: ReadonlySet<string> = new Set();
  #zoom = 1;
  #seen = false;
  #drawnAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  /** While replaying: when it began, and from which moment. */
  #replay: { readonly startedAt: number; readonly from: number } | undefined;
  #announceAt = -Infinity;
  #announcing: ReturnType<typeof setTimeout> | undefined;

  /** @param place puts the timeline into the page */
  constructor(options: TimelineOptions, place: (section: HTMLElement) => void) {
    timelines += 1;
    this.#id = `timeline-${String(timelines)}`;
    this.#options = options;
    this.#parts = makeTimelineParts(options.title, options.facts);
    this.#table = new TimelineTable(this.#parts.table, this.#parts.rows);
    this.#model = makeTimeline(this.#trace, options.stream, 0);
    this.#parts.section.classList.toggle('recorded', options.recorded);
    addStyle();
    place(this.#parts.section);
    this.#observer = new IntersectionObserver(([entry]) => {
      this.#seen = entry?.isIntersecting === true;
      this.changed();
    });
    this.#observer.observe(this.#parts.section);
    this.#resized = new ResizeObserver(() => this.changed());
    this.#resized.observe(this.#parts.lanes);
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
    if (!this.#seen || document.hidden || this.#frame !== undefined || this.#timer !== undefined) return;
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
    clearTimeout(this.#announcing);
    this.#parts.section.remove();
  }

  #listen(): void {
    const { signal } = this.#listeners;
    const { moment: slider, previous, next, replay, zoomIn, zoomOut, whole, save, copy, lanes, rows } = this.#parts;
    const acts: readonly (readonly [HTMLElement, () => void])[] = [
      [previous, () => this.#step(-1)],
      [next, () => this.#step(1)],
      [replay, () => this.#toggleReplay()],
      [zoomIn, () => this.#zoomBy(ZOOM_STEP)],
      [zoomOut, () => this.#zoomBy(1 / ZOOM_STEP)],
      [whole, () => this.#showWhole()],
      [save, () => this.#save()],
      [
        copy,
        () => {
          void this.#copy();
        },
      ],
    ];
    for (const [button, act] of acts) button.addEventListener('click', act, { signal });
    slider.addEventListener('input', () => this.#scrub(Number(slider.value)), { signal });
    slider.addEventListener('keydown', (event) => this.#key(event), { signal });
    rows.addEventListener(
      'click',
      ({ target }) => {
        this.#selectAt(target);
      },
      { signal },
    );
    lanes.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return;
        if (this.#selectAt(event.target)) return;
        lanes.setPointerCapture(event.pointerId);
        this.#scrub(this.#momentAt(event));
      },
      { signal },
    );
    lanes.addEventListener(
      'pointermove',
      (event) => {
        if (lanes.hasPointerCapture(event.pointerId)) this.#scrub(this.#momentAt(event));
      },
      { signal },
    );
    document.addEventListener('visibilitychange', () => this.changed(), { signal });
    // For paper it is drawn where it was never on the screen. The one comes from printing, the other from a preview too.
    globalThis.addEventListener('beforeprint', () => this.#draw(), { signal });
    matchMedia('print').addEventListener('change', () => this.#draw(), { signal });
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = ((): (() => void) | undefined => {
      switch (event.key) {
        case 'ArrowLeft':
        case 'ArrowDown':
          return () => this.#step(-1);
        case 'ArrowRight':
        case 'ArrowUp':
          return () => this.#step(1);
        case '+':
        case '=':
          return () => this.#zoomBy(ZOOM_STEP);
        case '-':
          return () => this.#zoomBy(1 / ZOOM_STEP);
        case '0':
          return () => this.#showWhole();
        case ' ':
          return () => this.#toggleReplay();
        default:
          return undefined;
      }
    })();
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** Goes to a row before or after the one that is looked at. */
  #step(by: 1 | -1): void {
    this.#stopReplay();
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
    this.#say(describeRow(this.#model, row), true);
    this.#draw();
    this.#table.reveal(row.key);
  }

  /** Selects the row that an element stands for. Returns false if it stands for none. */
  #selectAt(target: EventTarget | null): boolean {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
    const row = this.#model.rows.find((candidate) => candidate.key === key);
    if (row === undefined) return false;
    this.#stopReplay();
    this.#select(row);
    return true;
  }

  /** Looks at a moment. */
  #scrub(at: number): void {
    this.#stopReplay();
    this.#lookAt(at, true);
  }

  #lookAt(at: number, announce: boolean): void {
    this.#cursor = Math.min(Math.max(at, 0), this.#length);
    this.#selected = rowAt(this.#model, this.#cursor)?.key;
    this.#lead();
    this.#say(describeMoment(this.#model, this.#cursor), announce);
    this.#draw();
    if (this.#selected !== undefined) this.#table.reveal(this.#selected);
  }

  #momentAt({ clientX }: PointerEvent): number {
    const { left, width } = this.#parts.lanes.getBoundingClientRect();
    const margin = 6 * textScale();
    const { from, to } = this.#stretch();
    return from + ((clientX - left - margin) / (width - 2 * margin)) * (to - from);
  }

  #toggleReplay(): void {
    if (this.#replay !== undefined) {
      this.#stopReplay();
      return;
    }
    const from = this.#cursor === undefined || this.#cursor >= this.#length ? 0 : this.#cursor;
    this.#replay = { startedAt: performance.now(), from };
    this.#parts.replay.textContent = words.controls.pause;
    this.#playOn();
  }

  #playOn(): void {
    if (this.#replay === undefined) return;
    const at = this.#replay.from + performance.now() - this.#replay.startedAt;
    this.#lookAt(at, false);
    if (at >= this.#length || this.#listeners.signal.aborted) {
      this.#stopReplay();
      return;
    }
    setTimeout(
      () => {
        requestAnimationFrame(() => this.#playOn());
      },
      stepped() ? STEPPED_EVERY_MS : DRAW_EVERY_MS / 3,
    );
  }

  #stopReplay(): void {
    this.#replay = undefined;
    this.#parts.replay.textContent = words.controls.replay;
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
    this.#stopReplay();
    this.#cursor = undefined;
    this.#selected = undefined;
    this.#say('', false);
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
      peer.#say(this.#cursor === undefined ? '' : describeMoment(peer.#model, this.#cursor), false);
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

  #draw(): void {
    const { lanes, ends, moment: slider, zoomIn, zoomOut } = this.#parts;
    this.#model = makeTimeline(this.#trace, this.#options.stream, now(), this.#zero);
    this.#drawnAt = performance.now();
    const width = lanes.clientWidth;
    if (width === 0) return;
    const view: TimelineView = {
      width,
      scale: textScale(),
      ...this.#stretch(),
      cursor: this.#cursor,
      selected: this.#selected,
      id: this.#id,
    };
    lanes.innerHTML = drawTimeline(this.#model, view);
    lanes.firstElementChild?.setAttribute('aria-hidden', 'true');
    ends.textContent = this.#words();
    this.#table.show(this.#model, this.#selected, this.#proofs);
    slider.max = String(this.#length);
    slider.value = String(this.#cursor ?? this.#length);
    slider.setAttribute('aria-valuetext', moment(this.#cursor ?? this.#length));
    zoomIn.ariaDisabled = this.#zoom >= MOST_ZOOM ? 'true' : null;
    zoomOut.ariaDisabled = this.#zoom <= 1 ? 'true' : null;
    // A run grows also while no call comes: a read that waits.
    if (!this.#isOver && this.#peers.some((peer) => peer.#trace.rows.length > 0)) this.changed();
  }

  /** What the lanes have no room for. */
  #words(): string {
    if (this.#trace.rows.length === 0 && !this.#model.ended) return words.starting;
    return words.ends.of(this.#model.stream.label, this.#model.stream.ends);
  }

  /** Says what is looked at; to a screen reader not more often than it can be heard. */
  #say(sentence: string, announce: boolean): void {
    showSentence(this.#parts.words, sentence);
    if (!announce || this.#announcing !== undefined) return;
    const wait = Math.max(0, this.#announceAt + ANNOUNCE_EVERY_MS - performance.now());
    this.#announcing = setTimeout(
      () =>
        speakInTurn(this.#parts.status, () => {
          this.#announcing = undefined;
          this.#announceAt = performance.now();
          return this.#parts.words.textContent;
        }),
      wait,
    );
  }

  #save(): void {
    const whole = makeTimeline(this.#trace, this.#options.stream, now());
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
      this.#say(words.copied, true);
    } catch {
      this.#say(words.notCopied, true);
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
