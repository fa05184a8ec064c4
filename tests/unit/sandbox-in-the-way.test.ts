import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInTheWay, type Asked } from '../../src/sandbox/editing/in-the-way.ts';
import type { SourceFile, Target } from '../../src/protocol/toolchain.ts';

const older: SourceFile[] = [{ name: 'main.go', text: 'older' }];
const newer: SourceFile[] = [{ name: 'main.go', text: 'newer' }];

function asked(type: 'check' | 'build', target: Target, files: SourceFile[], isAbandoned = false): Asked {
  return { request: { type, target, files }, isAbandoned };
}
const fetching: Asked = { request: { type: 'fetch', parts: ['link'] }, isAbandoned: false };
const formatting: Asked = { request: { type: 'format', file: { name: 'main.go', text: '' } }, isAbandoned: false };

describe('isInTheWay', () => {
  const asWork = { on: 'host', isAhead: false, files: undefined } as const;
  const ahead = { on: 'host', isAhead: true, files: older } as const;

  it('lets a compile that somebody waits for end', () => {
    const build = asked('build', 'host', older);
    assert.equal(isInTheWay(asWork, build, []), false);
    assert.equal(isInTheWay(asWork, build, [asked('check', 'plugin', newer), fetching]), false);
    assert.equal(isInTheWay(asWork, build, [asked('check', 'host', [...older])]), false);
  });

  it('ends one of a text that is older than what is asked about', () => {
    const newerCheck = asked('check', 'host', newer);
    assert.equal(isInTheWay(asWork, asked('build', 'host', older), [newerCheck]), true);
    assert.equal(isInTheWay(asWork, asked('check', 'host', older), [newerCheck]), true);
    assert.equal(isInTheWay(ahead, newerCheck, []), true);
    assert.equal(isInTheWay(ahead, undefined, []), false);
  });

  it('ends one that was stopped, unless it was asked for again', () => {
    const stopped = asked('build', 'host', older, true);
    assert.equal(isInTheWay(asWork, stopped, []), true);
    assert.equal(isInTheWay(asWork, stopped, [asked('build', 'host', [...older])]), false);
    assert.equal(isInTheWay(asWork, stopped, [asked('build', 'host', newer)]), true);
  });

  it('lets nobody wait for what nobody asked for, but Run for its own program', () => {
    assert.equal(isInTheWay(ahead, asked('build', 'host', [...older]), []), false);
    assert.equal(isInTheWay(ahead, asked('check', 'plugin', newer), []), true);
    assert.equal(isInTheWay(ahead, formatting, []), true);
    assert.equal(isInTheWay(ahead, fetching, []), false);
  });
});
