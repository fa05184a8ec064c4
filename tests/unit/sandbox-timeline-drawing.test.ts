import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallRow, FoldRow } from '../../src/protocol/trace.ts';
import { barOf, type BarContext } from '../../src/sandbox/timeline/bars.ts';
import { drawTimeline, scaleOf } from '../../src/sandbox/timeline/drawing/draw-timeline.ts';
import { FONT, textWidth, type TimelineView } from '../../src/sandbox/timeline/drawing/scale.ts';
import { makeTimeline, type TimelineModel } from '../../src/sandbox/timeline/model.ts';
import { Sight } from '../../src/sandbox/timeline/parts/sight.ts';
import { ToldRun } from './told-run.ts';

const context: BarContext = { ended: false, end: 5000, stdin: 'pipe', relative: (at) => at };

function call(id: number, name: string, since: number, until: number | undefined, bytes: number): CallRow {
  const end = until === undefined ? undefined : ({ kind: 'returned', errno: 0, bytes, data: [] } as const);
  const fd = name === 'fd_write' ? 1 : 0;
  return { kind: 'call', id, module: 1, name, fd, args: { params: [], buffers: [4096] }, since, until, end };
}

function fold(why: FoldRow['why'], eofs: number, writes: number, others = 0): FoldRow {
  const kind = { bytes: 0, fd: 0 };
  const kinds = [
    { ...kind, name: 'fd_read', outcome: 'eof', calls: eofs },
    { ...kind, name: 'fd_write', fd: 1, outcome: 'data', calls: writes },
    { ...kind, name: 'clock_time_get', outcome: 'done', calls: others },
  ] as const;
  return { kind: 'fold', why, id: 1, module: 1, since: 0, until: 900, calls: eofs + writes + others, kinds };
}

describe('a bar', () => {
  it('of a flood of EOF is one of EOF, with its count, whatever was written besides', () => {
    const bar = barOf(fold('flood', 805, 806), context);
    assert.equal(bar.shape, 'eof-flood');
    assert.deepEqual(bar.labels, ['EOF ×805']);
    assert.equal(barOf(fold('flood', 1, 5, 100), context).shape, 'flood');
    assert.equal(barOf(fold('start-up', 0, 0, 20), context).labels[0], '20 start-up calls');
  });

  it('says waited only where the stream can wait: a buffer’s read took its time', () => {
    const slow = call(1, 'fd_read', 0, 65, 0);
    assert.deepEqual(barOf(slow, context).labels, ['fd_read waited 65 ms: 0 bytes = EOF', '0 bytes = EOF']);
    for (const stdin of ['buffer', 'nothing'] as const) {
      const bar = barOf(slow, { ...context, stdin });
      assert.equal(bar.waited, false);
      assert.deepEqual(bar.results, ['fd_read took 65 ms: 0 bytes = EOF', '0 bytes = EOF']);
    }
  });
});

/** A conversation of `lines` lines, which come at these moments, with all lanes that there are. */
function conversation(moments: readonly number[], isOver: boolean): TimelineModel {
  const run = new ToldRun(0);
  let id = 1;
  let before = 0;
  run.add([fold('start-up', 0, 0, 20)]);
  for (const at of moments) {
    run.act({ kind: 'typed', at, text: 'Ada\n', bytes: 4 });
    run.add([call((id += 1), 'fd_read', before, at, 4), call((id += 1), 'fd_write', at, at, 12)]);
    before = at;
  }
  const end = before + 700;
  run.act({ kind: 'closed', at: end });
  run.add([call(id + 1, 'fd_read', before, isOver ? end : undefined, 0)]);
  if (isOver) run.end({ kind: 'exited', status: 0 }, end + 5);
  return makeTimeline(run, { stdin: 'pipe', pipesStdout: true }, end + 5);
}

const viewOf = (model: TimelineModel, width: number, scale: number): TimelineView => ({
  width,
  scale,
  from: 0,
  to: model.length * 1.1,
  cursor: undefined,
  selected: undefined,
  id: 'test',
});

/** The texts of a drawing, each with its box. */
function boxesIn(
  svg: string,
  scale: number,
): { said: string; left: number; right: number; top: number; bottom: number }[] {
  return [...svg.matchAll(/<text[^>]*? x="([\d.-]+)" y="([\d.-]+)">([^<]*)<\/text>/gu)].map(([, x, y, said = '']) => {
    const left = Number(x);
    const baseline = Number(y);
    const height = FONT * scale;
    const right = left + textWidth(said, scale);
    return { said, left, right, top: baseline - 0.93 * height, bottom: baseline + 0.24 * height };
  });
}

describe('the lanes', () => {
  it('have no label over another, nor over an edge, at any width, however crowded', () => {
    const crowds = [[400, 900, 2600], [10, 20, 30, 40, 1000], Array.from({ length: 60 }, (_, index) => 37 * index)];
    for (const moments of crowds) {
      for (const isOver of [true, false]) {
        for (const [width, scale] of [
          [1062, 1],
          [500, 1],
          [330, 1],
          [1062, 2],
          [330, 2],
        ] as const) {
          const model = conversation(moments, isOver);
          const texts = boxesIn(drawTimeline(model, viewOf(model, width, scale)), scale);
          assert.ok(texts.length > 6);
          for (const [index, one] of texts.entries()) {
            assert.ok(one.left >= 0 && one.right <= width, `${one.said} over the edge of ${String(width)}`);
            for (const other of texts.slice(index + 1)) {
              const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
              const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
              assert.ok(across <= 0 || down <= 0, `${one.said} and ${other.said}, at ${String(width)}`);
            }
          }
        }
      }
    }
  });

  it('say EOF where it came, also on a phone', () => {
    const model = conversation([300, 400], true);
    for (const width of [1062, 330])
      assert.match(drawTimeline(model, viewOf(model, width, 1)), /0 bytes = EOF<\/text>/u);
  });

  it('are read back: the place of a moment is that of the moment', () => {
    const model = conversation([300, 400], true);
    const scale = scaleOf(model, viewOf(model, 1062, 1));
    assert.ok(Math.abs(scale.momentAt(scale.x(321)) - 321) < 1e-9);
  });
});

describe('the sight of a timeline', () => {
  it('is what an observer told last, where one delivery has it gone and come back', () => {
    const [lanes, table] = [{}, {}] as Element[];
    if (lanes === undefined || table === undefined) assert.fail();
    const sight = new Sight();
    assert.equal(sight.any, false);
    sight.take([
      { target: lanes, isIntersecting: false },
      { target: lanes, isIntersecting: true },
    ]);
    assert.equal(sight.any, true);
    sight.take([{ target: table, isIntersecting: true }]);
    sight.take([
      { target: lanes, isIntersecting: true },
      { target: lanes, isIntersecting: false },
    ]);
    assert.equal(sight.any, true);
    sight.take([{ target: table, isIntersecting: false }]);
    assert.equal(sight.any, false);
  });
});
