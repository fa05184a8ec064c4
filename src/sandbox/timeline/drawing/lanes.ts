import { words } from '#words/timeline';
import type { HostLane, Mark } from '../model.ts';
import type { OutputLane, StreamLane } from '../streams.ts';
import { glyph } from './glyphs.ts';
import { Labels } from './labels.ts';
import { n, type Scale } from './scale.ts';

/** Shapes nearer than this to the one before are drawn as ticks, or not at all, so that it stays readable. */
export const CROWDED = 11;
/** What is drawn of a stream, at most: its last so many changes. */
const SHOWN_LEVELS = 40;

/** A lane that can be drawn: how high it is, and its markup from `top` on. */
export interface DrawnLane {
  readonly name: string;
  readonly shortName: string;
  readonly height: number;
  readonly draw: (scale: Scale, top: number) => string;
}

const named = (name: string): Pick<DrawnLane, 'name' | 'shortName'> => ({ name, shortName: name });

/** What the reader did; each act has a line down through the other lanes. */
export function youLane(marks: readonly Mark[], depth: number): DrawnLane {
  return { ...named(words.you), height: 22, draw: (scale, top) => drawYou(scale, top, marks, depth) };
}

function drawYou(scale: Scale, top: number, marks: readonly Mark[], depth: number): string {
  const labels = new Labels(scale, top + scale.s(15));
  const seen = marks.filter(({ at }) => scale.isSeen(at, at));
  for (const { at } of seen) labels.keepClear(scale.x(at) - scale.s(7), scale.x(at) + scale.s(7));
  let crowded = -Infinity;
  return seen
    .map(({ key, kind, at, label, short }) => {
      const x = scale.x(at);
      const y = top + scale.s(11);
      const isCrowded = x - crowded < scale.s(CROWDED);
      if (!isCrowded) crowded = x;
      return (
        `<g class="act act-${kind}" data-key="${key}">` +
        `<path class="drop" d="M${n(x)} ${n(y)}V${n(top + scale.s(depth))}"/>` +
        (isCrowded ? '' : glyph(kind, x, y, scale.s(1))) +
        `${labels.beside([label, short], x, scale.s(9))}</g>`
      );
    })
    .join('');
}

/** What the host is known to have done: when it read its stdin, and its exit. */
export function hostLane({ reading, exit }: HostLane): DrawnLane {
  return {
    ...named(words.host),
    height: 22,
    draw: (scale, top) => {
      const labels = new Labels(scale, top + scale.s(15));
      const seen = reading.filter(({ from, to }) => scale.isSeen(from, to));
      const parts = seen.map(({ from, to }, index) => {
        const owner = String(index);
        const [start, end] = [scale.x(from), Math.max(scale.x(to), scale.x(from) + scale.s(1))];
        labels.keepClear(start, end, owner);
        const rect = `<rect class="reads" x="${n(start)}" y="${n(top + scale.s(4))}" width="${n(end - start)}" height="${n(scale.s(14))}"/>`;
        return `<g class="host">${rect}${labels.inside([words.readsInput], start, end, owner)}</g>`;
      });
      if (exit !== undefined && scale.isSeen(exit.at, exit.at)) {
        const x = scale.x(exit.at) + scale.s(8);
        const sign = glyph('ended', x, top + scale.s(11), scale.s(1));
        parts.push(`<g class="host host-${exit.kind}">${sign}${labels.beside([exit.label], x, scale.s(9))}</g>`);
      }
      return parts.join('');
    },
  };
}

/** The plugin's stdin: how many bytes are on their way. A pipe has two walls, and ends where it was closed. */
export function streamLane(stream: StreamLane, length: number): DrawnLane {
  return {
    name: stream.label,
    shortName: words.stdin,
    height: 24,
    draw: (scale, top) => drawStream(scale, top, stream, length),
  };
}

function drawStream(scale: Scale, top: number, { levels, closedAt, isPipe }: StreamLane, length: number): string {
  const bottom = top + scale.s(20);
  const height = scale.s(14);
  const most = Math.max(1, ...levels.map(({ bytes }) => bytes));
  const y = (bytes: number): number => bottom - (bytes / most) * height;
  const [start, end] = [scale.x(0), scale.x(closedAt ?? length)];
  let path = `M${n(start)} ${n(bottom)}`;
  for (const { at, bytes } of levels) path += `H${n(scale.x(at))}V${n(y(bytes))}`;
  path += `H${n(scale.x(length))}`;
  const wall = (at: number): string => `<path class="pipe" d="M${n(start)} ${n(at)}H${n(end)}"/>`;
  const labels = new Labels(scale, top + scale.s(16));
  let closed = '';
  if (closedAt !== undefined && scale.isSeen(closedAt, closedAt)) {
    closed = `<g class="act-closed">${glyph('closed', end, bottom - scale.s(7), scale.s(0.8))}</g>`;
    labels.keepClear(end - scale.s(6), end + scale.s(7));
  }
  const texts = levels
    .slice(-SHOWN_LEVELS)
    .filter(({ at, bytes }) => bytes > 0 && scale.isSeen(at, at))
    .map(({ at, bytes }) => labels.after([words.bytes(bytes), String(bytes)], scale.x(at), scale.s(5)));
  return (
    `<path class="level" d="${path}V${n(bottom)}Z"/>` +
    (isPipe ? wall(top + scale.s(4)) : '') +
    wall(bottom) +
    closed +
    texts.join('')
  );
}

/** The plugin's stdout, where it is a pipe: each write that came through. */
export function outputLane({ label, writes }: OutputLane, length: number): DrawnLane {
  return {
    name: label,
    shortName: words.stdout,
    height: 24,
    draw: (scale, top) => {
      const labels = new Labels(scale, top + scale.s(16));
      const seen = writes.filter(({ at }) => scale.isSeen(at, at));
      for (const { at } of seen) labels.keepClear(scale.x(at) - scale.s(4), scale.x(at) + scale.s(4));
      let crowded = -Infinity;
      const parts = [4, 20].map(
        (y) => `<path class="pipe" d="M${n(scale.x(0))} ${n(top + scale.s(y))}H${n(scale.x(length))}"/>`,
      );
      for (const { at, bytes } of seen) {
        const x = scale.x(at);
        if (x - crowded < scale.s(CROWDED)) continue;
        crowded = x;
        const tile = `<rect class="tile" x="${n(x - scale.s(3))}" y="${n(top + scale.s(7))}" width="${n(scale.s(6))}" height="${n(scale.s(10))}"/>`;
        parts.push(tile + labels.after([words.bytes(bytes), String(bytes)], x, scale.s(8)));
      }
      return parts.join('');
    },
  };
}
