import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActList, type DoneAct } from '../../src/sandbox/run/act-list.ts';
import { TypedQueue } from '../../src/sandbox/run/typed-queue.ts';
import { sharedActs } from '../../src/sandbox/sharing/run-acts.ts';
import { decodeShareFragment, encodeShareFragment, LONGEST_PAUSE } from '../../src/sandbox/sharing/share-link.ts';
import { makeTimeline } from '../../src/sandbox/timeline/model.ts';
import { TraceStore } from '../../src/sandbox/trace/trace-store.ts';

const typed = (text: string, at: number, waitingSince?: number): DoneAct => ({
  kind: 'typed',
  text,
  bytes: new TextEncoder().encode(text).length,
  at,
  waitingSince,
});

describe('the list of a run’s acts', () => {
  it('is read by the link, the echo and the timeline alike', () => {
    const acts = new ActList(1000);
    const [queue, trace] = [new TypedQueue(acts), new TraceStore(1000, acts)];
    acts.add(typed('Zoë\n', 1300));
    acts.add({ kind: 'closed', at: 1350, waitingSince: undefined });
    assert.equal(queue.takeRead({ bytes: 5, ended: true }), 'Zoë\n^D\n');
    assert.deepEqual(
      makeTimeline(trace, { stdin: 'pipe' }, 2000).you.map(({ kind, at }) => ({ kind, at })),
      [
        { kind: 'typed', at: 300 },
        { kind: 'closed', at: 350 },
      ],
    );
    assert.deepEqual(sharedActs(acts), [
      { kind: 'typed', text: 'Zoë\n', after: 300 },
      { kind: 'closed', after: 50 },
    ]);
  });

  it('tells of each act once, when it is on it', () => {
    const heard: [kind: string, listed: number][] = [];
    const acts = new ActList(0, ({ kind }) => heard.push([kind, acts.all.length]));
    acts.add(typed('a', 1));
    acts.add({ kind: 'stopped', at: 2, waitingSince: undefined });
    assert.deepEqual(heard, [
      ['typed', 1],
      ['stopped', 2],
    ]);
  });
});

describe('the pause of an act in a link', () => {
  const pauses = (begun: number, ...done: DoneAct[]): number[] => {
    const acts = new ActList(begun);
    for (const act of done) acts.add(act);
    return sharedActs(acts).map(({ after }) => after);
  };

  it('begins with the wait that it ends, or with the act before', () =>
    assert.deepEqual(pauses(100, typed('a', 900.4, 600), typed('b', 1000, 700), typed('c', 1200)), [300, 100, 200]));

  it('is never below zero, and never longer than anybody waits', () =>
    assert.deepEqual(pauses(100, typed('a', 90, 500), typed('b', 1e9)), [0, LONGEST_PAUSE]));

  it('fits the link', () => {
    const acts = new ActList(0);
    acts.add(typed('a\n', 10.6));
    const run = { example: 'pipe-waits', place: 0, plugin: 'c', prediction: undefined } as const;
    const fragment = encodeShareFragment({ ...run, acts: sharedActs(acts) });
    assert.deepEqual(decodeShareFragment(fragment).acts, [{ kind: 'typed', text: 'a\n', after: 11 }]);
  });
});
