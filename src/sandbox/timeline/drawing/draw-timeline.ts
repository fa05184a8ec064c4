/**
 * The lanes as SVG text: for the page, for print, and for a file. No DOM here. What a shape looks like is in timeline.css;
 * each outcome has a shape and words of its own, so that nothing hangs on colour.
 */
import { words } from '#words/timeline';
import type { TimelineModel } from '../model.ts';
import { hostLane, outputLane, streamLane, youLane, type DrawnLane } from './lanes.ts';
import { pluginLane } from './plugin-lane.ts';
import { axisLabel, escape, FONT, n, niceStep, Scale, textWidth, type TimelineView } from './scale.ts';

const AXIS = 18;
/** Right of the names of the lanes. */
const NAMES_GAP = 12;
/** The names take no more of the width; where they are longer, the short ones are there. */
const MOST_NAMES = 0.16;

/** Draws a run. */
export function drawTimeline(model: TimelineModel, view: TimelineView): string {
  const lanes = lanesOf(model);
  const { scale, isShort } = layOut(lanes, view);
  const heights = lanes.map(({ height }) => scale.s(height));
  const height = heights.reduce((sum, one) => sum + one, 0) + scale.s(AXIS);
  let top = 0;
  const parts = lanes.map((lane, index) => {
    const part = frame(scale, top, isShort ? lane.shortName : lane.name) + lane.draw(scale, top);
    top += heights[index] ?? 0;
    return part;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="timeline-drawing" width="${n(view.width)}" height="${n(height)}" viewBox="0 0 ${n(view.width)} ${n(height)}" font-size="${n(FONT * view.scale)}">` +
    `<defs>${patterns(scale)}</defs>${parts.join('')}${axis(scale, top)}${nowAndThen(scale, model, height)}</svg>`
  );
}

/** Where the moments of a run lie in its drawing. */
export function scaleOf(model: TimelineModel, view: TimelineView): Scale {
  return layOut(lanesOf(model), view).scale;
}

/** From the reader to the plugin, and what comes out of it. */
function lanesOf(model: TimelineModel): DrawnLane[] {
  const { you, host, stream, plugins, output, length } = model;
  const shown = plugins.length === 0 ? [{ module: 1, label: words.plugin, bars: [] }] : plugins;
  const below = [
    ...(host === undefined ? [] : [hostLane(host)]),
    streamLane(stream, length),
    ...shown.map(pluginLane),
    ...(output === undefined ? [] : [outputLane(output, length)]),
  ];
  const depth = below.reduce((sum, { height }) => sum + height, 0);
  return [youLane(you, depth), ...below];
}

function layOut(lanes: readonly DrawnLane[], view: TimelineView): { readonly scale: Scale; readonly isShort: boolean } {
  const widest = (names: readonly string[]): number =>
    Math.max(...names.map((name) => textWidth(name, view.scale))) + NAMES_GAP * view.scale;
  const whole = widest(lanes.map(({ name }) => name));
  const isShort = whole > view.width * MOST_NAMES;
  return { scale: new Scale(view, isShort ? widest(lanes.map(({ shortName }) => shortName)) : whole), isShort };
}

/** A lane's name, and the line over it. */
function frame(scale: Scale, top: number, name: string): string {
  const rule = `<path class="rule" d="M0 ${n(top)}H${n(scale.view.width)}"/>`;
  return `${rule}<text class="lane" x="0" y="${n(top + scale.s(15))}">${escape(name)}</text>`;
}

function axis(scale: Scale, y: number): string {
  const { from, to, width } = scale.view;
  const wanted = Math.max(2, Math.floor((width - scale.left) / scale.s(90)));
  const step = niceStep((to - from) / wanted);
  const parts: string[] = [];
  for (let tickAt = Math.ceil(from / step) * step; tickAt <= to; tickAt += step) {
    const x = scale.x(tickAt);
    const text = axisLabel(tickAt, step);
    parts.push(`<path class="rule" d="M${n(x)} ${n(y)}v${n(scale.s(4))}"/>`);
    if (x + textWidth(text, scale.view.scale) < width) {
      parts.push(`<text x="${n(x + scale.s(2))}" y="${n(y + scale.s(14))}">${text}</text>`);
    }
  }
  return `<path class="rule" d="M0 ${n(y)}H${n(width)}"/><g class="axis">${parts.join('')}</g>`;
}

/** The moment that is looked at, with what came later made faint; else now. */
function nowAndThen(scale: Scale, { length, ended }: TimelineModel, height: number): string {
  const { width, cursor } = scale.view;
  if (cursor !== undefined) {
    const x = scale.x(cursor);
    return (
      `<rect class="later" x="${n(x)}" y="0" width="${n(Math.max(0, width - x))}" height="${n(height)}"/>` +
      `<path class="cursor" d="M${n(x)} 0V${n(height)}"/>`
    );
  }
  return ended ? '' : `<path class="now" d="M${n(scale.x(length))} 0V${n(height)}"/>`;
}

function patterns(scale: Scale): string {
  const { id } = scale.view;
  const size = n(scale.s(7));
  const pattern = (name: string, width: number, line: string, turned: boolean): string =>
    `<pattern id="${id}-${name}" width="${n(width)}" height="${size}" patternUnits="userSpaceOnUse"${turned ? ' patternTransform="rotate(45)"' : ''}>${line}</pattern>`;
  const line = (kind: string): string => `<path class="${kind}" d="M0 0V${size}"/>`;
  const ground = `<rect class="solid" width="${size}" height="${size}"/>`;
  return (
    pattern('wait', scale.s(7), line('hatch'), true) +
    pattern('flood', scale.s(7), ground + line('thin'), true) +
    pattern('block', scale.s(3), line('comb'), false)
  );
}
