import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallEnd, CallRow } from '../../src/protocol/trace.ts';
import { changedLines } from '../../src/sandbox/editing/changed-lines.ts';
import { checkChallenge, type ChallengeGoal } from '../../src/sandbox/lessons/challenge-check.ts';
import { predictedOutcome } from '../../src/sandbox/lessons/prediction-outcome.ts';
import { withoutFences } from '../../src/sandbox/run/verbatim.ts';
import { findParting } from '../../src/sandbox/timeline/parting.ts';
import { ToldRun } from './told-run.ts';

function returned(bytes: number, errno = 0): CallEnd {
  return { kind: 'returned', errno, bytes: errno === 0 ? bytes : undefined, data: [] };
}

function call(id: number, name: string, since: number, until?: number, end?: CallEnd): CallRow {
  const fd = name === 'fd_write' ? 1 : 0;
  return { kind: 'call', id, module: 1, name, fd, args: { params: [], buffers: [4096] }, since, until, end };
}

function trace(...rows: CallRow[]): ToldRun {
  const store = new ToldRun(0);
  store.add(rows);
  return store;
}

const prompt = call(1, 'fd_write', 1, 1, returned(6));

describe('a challenge', () => {
  const exits: ChallengeGoal = { kind: 'exits', status: 0, mostActs: 2 };
  const judge = (goal: ChallengeGoal, store: ToldRun, now = 5000): string => checkChallenge(goal, store, now).state;

  test('to exit counts acts, and Stop is none that helps', () => {
    const store = trace(prompt);
    assert.equal(judge(exits, store), 'open');
    store.act({ kind: 'typed', at: 2, text: 'a\n', bytes: 2 });
    store.act({ kind: 'closed', at: 3 });
    store.end({ kind: 'exited', status: 0 }, 4);
    assert.equal(judge(exits, store), 'reached');
    const stopped = trace(prompt);
    stopped.act({ kind: 'stopped', at: 2 });
    stopped.end({ kind: 'stopped' }, 2);
    assert.equal(judge(exits, stopped), 'missed');
  });

  test('to exit is missed with too many acts, or with another status', () => {
    const many = trace(prompt);
    for (let at = 0; at < 3; at += 1) many.act({ kind: 'typed', at, text: 'a\n', bytes: 2 });
    assert.equal(judge(exits, many), 'missed');
    const failed = trace(prompt);
    failed.end({ kind: 'exited', status: 2 }, 4);
    assert.equal(judge(exits, failed), 'missed');
  });

  test('to get stuck is reached by waiting, and missed by closing stdin', () => {
    const goal: ChallengeGoal = { kind: 'stuck', milliseconds: 2000 };
    const store = trace(prompt, call(2, 'fd_read', 10));
    assert.equal(judge(goal, store, 1000), 'open');
    assert.equal(judge(goal, store, 2010), 'reached');
    store.act({ kind: 'closed', at: 3 });
    assert.equal(judge(goal, store, 2010), 'missed');
  });

  test('to free it without typing needs a wait, an end, and nothing typed', () => {
    const goal: ChallengeGoal = { kind: 'freed-without-typing' };
    const store = trace(prompt, call(2, 'fd_read', 10, 900, returned(0)));
    assert.equal(judge(goal, store), 'open');
    store.end({ kind: 'exited', status: 0 }, 950);
    assert.equal(judge(goal, store), 'reached');
    const quick = trace(prompt, call(2, 'fd_read', 10, 20, returned(0)));
    quick.end({ kind: 'exited', status: 0 }, 30);
    assert.equal(judge(goal, quick), 'missed');
    store.act({ kind: 'typed', at: 500, text: 'a\n', bytes: 2 });
    assert.equal(judge(goal, store), 'missed');
  });

  const reads: ChallengeGoal = { kind: 'reads', outcomes: ['data', 'eof'] };
  const data = call(2, 'fd_read', 10, 20, returned(4));
  const eof = call(3, 'fd_read', 30, 40, returned(0));

  test('reads are reached when they came to just these, and the run exits 0', () => {
    const store = trace(prompt, data, eof);
    assert.equal(judge(reads, store), 'open');
    store.end({ kind: 'exited', status: 0 }, 50);
    assert.equal(judge(reads, store), 'reached');
    const failed = trace(prompt, data, eof);
    failed.end({ kind: 'exited', status: 1 }, 50);
    assert.equal(judge(reads, failed), 'missed');
  });

  test('reads are missed at the first that differs, at one too many, and at one too few', () => {
    assert.equal(judge(reads, trace(prompt, call(2, 'fd_read', 10, 20, returned(0)))), 'missed');
    assert.equal(judge(reads, trace(prompt, data, eof, call(4, 'fd_read', 50, 60, returned(0)))), 'missed');
    const short = trace(prompt, data);
    assert.equal(judge(reads, short), 'open');
    short.end({ kind: 'exited', status: 0 }, 50);
    assert.equal(judge(reads, short), 'missed');
  });
});

describe('a prediction', () => {
  const second = { name: 'fd_read', nth: 2 };
  const first = call(2, 'fd_read', 2, 3, returned(4));

  test('cannot be judged before its call, nor while the call has only begun', () => {
    assert.equal(predictedOutcome(second, trace(prompt, first), 100), undefined);
    assert.equal(predictedOutcome(second, trace(prompt, first, call(3, 'fd_read', 90)), 100), undefined);
  });

  test('is judged by what the call came to', () => {
    const outcome = (row: CallRow, now = 5000): string | undefined =>
      predictedOutcome(second, trace(prompt, first, row), now)?.outcome;
    assert.equal(outcome(call(3, 'fd_read', 90)), 'waits');
    assert.equal(outcome(call(3, 'fd_read', 90, 900, returned(4))), 'waits');
    assert.equal(outcome(call(3, 'fd_read', 90, 91, returned(4))), 'data');
    assert.equal(outcome(call(3, 'fd_read', 90, 91, returned(0))), 'eof');
    assert.equal(outcome(call(3, 'fd_read', 90, 91, returned(0, 6))), 'error');
  });
});

describe('two runs', () => {
  const buffer = { label: 'bytes.Buffer', trace: trace(prompt, call(2, 'fd_read', 2, 2, returned(0))) };

  test('part where one waits and the other has EOF', () => {
    const pipe = { label: 'io.Pipe', trace: trace(prompt, call(2, 'fd_read', 2)) };
    const parting = findParting(buffer, pipe, 2000);
    assert.equal(
      withoutFences(parting.text),
      'Call 2 parts them. With bytes.Buffer, fd_read(0) returned 0 bytes = EOF at once. With io.Pipe, fd_read(0) waits.',
    );
    assert.deepEqual(
      parting.calls.map(({ id }) => id),
      [2, 2],
    );
  });

  test('say how long the wait was when it is over', () => {
    const pipe = { label: 'io.Pipe', trace: trace(prompt, call(2, 'fd_read', 2, 1202, returned(6))) };
    assert.match(
      withoutFences(findParting(buffer, pipe, 5000).text),
      /With io\.Pipe, fd_read\(0\) waited 1\.20 s, then returned 6 bytes\./u,
    );
  });

  test('have not parted while a call has only begun, or one is behind', () => {
    const fresh = { label: 'io.Pipe', trace: trace(prompt, call(2, 'fd_read', 1990)) };
    assert.equal(findParting(buffer, fresh, 2000).text, 'So far both do the same: 1 call.');
    assert.equal(
      findParting(buffer, { label: 'io.Pipe', trace: trace(prompt) }, 2000).text,
      'So far both do the same: 1 call.',
    );
    const nothing = { label: 'x', trace: trace() };
    assert.equal(findParting(nothing, nothing, 0).text, 'Neither plugin has made a call yet.');
  });
});

describe('changed lines', () => {
  test('are those that were not there, in their order', () => {
    assert.deepEqual(changedLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd']), [1, 3]);
    assert.deepEqual(changedLines(['a', 'b'], ['a', 'b']), []);
    assert.deepEqual(changedLines(['a', 'b', 'a'], ['a', 'a']), []);
    assert.deepEqual(changedLines([], ['', 'a']), [1]);
    assert.deepEqual(changedLines(['\ta {', '}'], ['a {', '', '}']), []);
  });
});
